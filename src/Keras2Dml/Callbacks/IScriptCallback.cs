using Keras2Dml.Codegen.Training.Callbacks;

namespace Keras2Dml.Callbacks;

/// <summary>A callback that the script carries out itself.</summary>
internal interface IScriptCallback
{
    /// <summary>The generator's form.</summary>
    /// <param name="index">Place among the script callbacks, for names that must differ.</param>
    ScriptCallback ToScript(int index);

    /// <summary>True when the history gets the learning rate of each epoch.</summary>
    bool LogsLearningRate => false;
}

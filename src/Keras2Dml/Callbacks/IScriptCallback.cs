using Keras2Dml.Codegen.Training.Callbacks;

namespace Keras2Dml.Callbacks;

/// <summary>A callback that the script carries out itself.</summary>
internal interface IScriptCallback
{
    /// <summary>The generator's form.</summary>
    ScriptCallback ToScript();

    /// <summary>True when the history gets the learning rate of each epoch.</summary>
    bool LogsLearningRate => false;
}

using Keras2Dml.Codegen.Training.Callbacks;

namespace Keras2Dml.Callbacks;

/// <summary>A callback that the script carries out itself.</summary>
internal interface IScriptCallback
{
    /// <summary>The generator's form.</summary>
    /// <param name="index">Place among the script callbacks, for names that must differ.</param>
    /// <param name="options">The arguments of fit.</param>
    /// <param name="learningRate">The plain learning rate with which training begins.</param>
    ScriptCallback ToScript(int index, FitOptions options, double learningRate);

    /// <summary>True when the history gets the learning rate of each epoch.</summary>
    bool LogsLearningRate => false;
}

using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Execution;
using Keras2Dml.Network.Initialization;

namespace Keras2Dml;

/// <content>Export to a folder for SystemDS, and back.</content>
public sealed partial class KerasModel
{
    private const string ExportedModel = "model";

    /// <summary>Writes everything that SystemDS needs: <c>train.dml</c>, <c>predict.dml</c>, the library, one csv with <c>.mtd</c> per variable and optimizer slot, <c>run.sh</c>.</summary>
    /// <param name="folder">The folder; made when it does not exist.</param>
    /// <param name="options">Options that shape the training program.</param>
    /// <exception cref="Keras2DmlException">The model is not compiled, or input sizes are not known.</exception>
    public void Export(string folder, FitOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        GeneratedScript training = ScriptGenerator.Training(Network, RequireTraining(), FitRun.Settings(options ?? new FitOptions(), RequireTraining()));
        if (options?.Seed is { } seed)
        {
            // As fit does: the folder starts where a run with this seed starts.
            ModelInitializer.RestartGenerators(Network, seed);
        }

        GeneratedScript prediction = ScriptGenerator.Prediction(Network, new PredictionOptions());
        ExportFolder.Write(folder, training, prediction, RequireTraining());
        Save(Path.Combine(folder, ExportedModel + FileEnding));
    }

    /// <summary>Reads an exported folder back after training there.</summary>
    /// <param name="folder">A folder that <see cref="Export"/> wrote and in which <c>train.dml</c> ran with <c>out=out</c>.</param>
    /// <returns>The model with the trained weights and the optimizer's state.</returns>
    /// <exception cref="Keras2DmlException">The folder is no exported one, or results are missing.</exception>
    public static KerasModel Import(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string older = Path.Combine(folder, ExportedModel + ".h5");
        KerasModel model = Load(File.Exists(older) ? older : Path.Combine(folder, ExportedModel + ".keras"));
        GeneratedScript training = ScriptGenerator.Training(model.Network, model.RequireTraining(), FitRun.Settings(new FitOptions(), model.RequireTraining()));
        model.Training = ExportFolder.Read(folder, training, model.Network, model.RequireTraining());
        return model;
    }
}

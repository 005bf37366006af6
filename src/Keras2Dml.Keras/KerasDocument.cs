using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Saving;
using Keras2Dml.Keras.Training;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Initialization;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras;

/// <summary>A Keras file with the network that it describes. The file's own content is kept, so that saving loses nothing.</summary>
internal sealed class KerasDocument
{
    private KerasDocument(KerasFile file, ModelConfig outline, NetworkModel model)
    {
        File = file;
        Outline = outline;
        Model = model;
        StoredTraining = model.Training;
    }

    /// <summary>The parts of the file.</summary>
    public KerasFile File { get; }

    /// <summary>The model with its nested models, as summaries show it.</summary>
    public ModelConfig Outline { get; }

    /// <summary>
    /// The flat network; values of its variables are those of the file until someone trains them. With an unsupported compile configuration it has
    /// <see cref="NetworkModel.TrainingProblems"/> and can be shown and used for prediction all the same.
    /// </summary>
    public NetworkModel Model { get; private set; }

    /// <summary>The training specification as the file has it; parts of <see cref="Model"/>'s that are still the same are saved unchanged.</summary>
    public TrainingSpec? StoredTraining { get; }

    /// <summary>Loads a model of any format.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="configOnly">True when weights are not needed (summaries): those of archives and folders are then not looked at.</param>
    /// <exception cref="Keras2DmlException">The file is missing, damaged, no model, or holds something unsupported; all findings together.</exception>
    public static KerasDocument Load(string path, bool configOnly = false)
    {
        KerasFile file = KerasFile.Open(path, configOnly);
        if (file.Config is null)
        {
            throw KerasFileErrors.WeightsOnly.At(path);
        }

        if (!ModelConfigReader.IsModel(file.Config))
        {
            throw KerasFileErrors.ConfigIsNoModel.At(path, "config.json", JsonValues.Shown(file.Config));
        }

        (ModelConfig outline, NetworkModel model) = Build(file);
        if (!configOnly && file.Format != KerasFormat.Architecture)
        {
            LoadWeights(outline, file);
        }
        else if (!configOnly)
        {
            // As keras.models.model_from_json: a fresh model.
            ModelInitializer.Initialize(model, seed: null);
        }

        return new KerasDocument(file, outline, TrainingReader.Read(model, file, configOnly));
    }

    /// <summary>Loads the weights of another file (weights alone, or a whole model) into this model, with the optimizer's variables when they fit this model's optimizer.</summary>
    public void LoadWeights(string path)
    {
        KerasFile file = KerasFile.Open(path);
        LoadWeights(Outline, file);
        if (Model.Training is { } training && OptimizerState.Read(Model, training, file, []) is { Count: > 0 } state)
        {
            Model = Model with { Training = training with { OptimizerVariables = state } };
        }
    }

    /// <summary>Sets how the model is trained, with the optimizer's variables; saved with the model.</summary>
    public void SetTraining(TrainingSpec? training) => Model = Model with { Training = training, TrainingProblems = [] };

    /// <summary>Saves the model with the current values of its variables and its training specification: whole or not at all.</summary>
    /// <param name="path">The target; <c>.keras</c> gives an archive, <c>.h5</c> or <c>.hdf5</c> a legacy file, <c>.weights.h5</c> weights alone, <c>.json</c> the configuration alone.</param>
    public void Save(string path) => DocumentWriter.Save(this, path);

    /// <summary>Saves the model with another training specification.</summary>
    /// <param name="path">As for <see cref="Save(string)"/>.</param>
    /// <param name="training">How it is trained, with the optimizer's variables; null for what the file says.</param>
    public void Save(string path, TrainingSpec? training)
    {
        if (training is not null)
        {
            SetTraining(training);
        }

        Save(path);
    }

    private static (ModelConfig Outline, NetworkModel Model) Build(KerasFile file)
    {
        var reader = new ConfigReader();
        ModelConfig? outline = new ModelConfigReader(reader, file.IsOlder).Read(file.Config!, "", trainable: true);
        reader.ThrowIfAny();
        NetworkModel? model = new GraphBuilder(reader).Build(outline!);
        reader.ThrowIfAny();
        return (outline!, model!);
    }

    private static void LoadWeights(ModelConfig outline, KerasFile file)
    {
        var problems = new List<Problem>();
        if (file.Npz is not null)
        {
            ModernWeights.Load(outline, file.Npz, file.Path, problems);
        }
        else if (file.Hdf is null)
        {
            throw KerasFileErrors.NoWeights.At(file.Path, "model.weights.h5");
        }
        else if (LegacyWeights.GroupOf(file.Hdf) is not null)
        {
            LegacyWeights.Load(outline, file.Hdf, file.Path, problems);
        }
        else
        {
            ModernWeights.Load(outline, file.Hdf, file.Path, problems);
        }

        if (problems.Count > 0)
        {
            throw new Keras2DmlException(problems);
        }

        VariableValues.StartGenerators(outline);
    }
}

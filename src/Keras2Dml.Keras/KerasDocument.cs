using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Training;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras;

/// <summary>A Keras file with the network that it describes. The file's own content is kept, so that saving loses nothing.</summary>
internal sealed class KerasDocument
{
    private KerasDocument(KerasFile file, ModelConfig outline, NetworkModel model, IReadOnlyList<Problem> trainingProblems)
    {
        File = file;
        Outline = outline;
        Model = model;
        TrainingProblems = trainingProblems;
    }

    /// <summary>The parts of the file.</summary>
    public KerasFile File { get; }

    /// <summary>The model with its nested models, as summaries show it.</summary>
    public ModelConfig Outline { get; }

    /// <summary>The flat network; values of its variables are those of the file.</summary>
    public NetworkModel Model { get; }

    /// <summary>
    /// What is unsupported or wrong in the compile configuration. A model can be shown and used for prediction all the same;
    /// <see cref="NetworkModel.Training"/> is null then.
    /// </summary>
    public IReadOnlyList<Problem> TrainingProblems { get; }

    /// <summary>Loads a model of any format.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="configOnly">True when weights are not needed (summaries): they may then be missing or damaged.</param>
    /// <exception cref="Keras2DmlException">The file is missing, damaged, no model, or holds something unsupported; all findings together.</exception>
    public static KerasDocument Load(string path, bool configOnly = false)
    {
        KerasFile file = KerasFile.Open(path, configOnly);
        if (file.Config is null)
        {
            throw KerasFileErrors.WeightsOnly.At(path);
        }

        var reader = new ConfigReader();
        if (!ModelConfigReader.IsModel(file.Config))
        {
            throw KerasFileErrors.ConfigIsNoModel.At(path, "config.json", JsonValues.Shown(file.Config));
        }

        ModelConfig? outline = new ModelConfigReader(reader, new LegacyConfig()).Read(file.Config, "", trainable: true);
        reader.ThrowIfAny();
        NetworkModel? model = new GraphBuilder(reader).Build(outline!);
        reader.ThrowIfAny();
        if (!configOnly && file.Format != KerasFormat.Architecture)
        {
            LoadWeights(outline!, file);
        }

        (NetworkModel trained, IReadOnlyList<Problem> problems) = TrainingReader.Read(model!, outline!, file);
        return new KerasDocument(file, outline!, trained, problems);
    }

    /// <summary>Loads the weights of another file (weights alone, or a whole model) into this model.</summary>
    public void LoadWeights(string path) => LoadWeights(Outline, KerasFile.Open(path));

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
    }
}

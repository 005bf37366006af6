using Keras2Dml.Keras.Graph;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Weights;

/// <summary>Where a variable lies in weights of Keras 3: <c>layers/dense_1/vars/0</c> (keras/src/saving/saving_lib.py).</summary>
internal static class WeightPaths
{
    /// <summary>Every variable of the model with the path of its layer's group.</summary>
    public static IEnumerable<(ModelParameter Parameter, string Group)> Of(ModelConfig model) => Of(model, "layers");

    /// <summary>Path of a variable's dataset inside its layer's group.</summary>
    public static string Inside(ParameterSpec spec) => spec.Owner.Length == 0 ? $"vars/{spec.Index}" : $"{spec.Owner}/vars/{spec.Index}";

    private static IEnumerable<(ModelParameter Parameter, string Group)> Of(ModelConfig model, string container)
    {
        // Keras numbers by class among the layers; operation nodes are no layers, and an input that a Sequential model only implies is not in its list.
        ConfiguredLayer[] layers = [.. model.Layers.Where(l => !l.IsOperation && !(model.IsSequential && l.IsInput))];
        string[] names = [.. KerasNames.Numbered(layers.Select(l => KerasNames.SnakeCase(l.ClassName)))];
        for (int i = 0; i < layers.Length; i++)
        {
            string group = $"{container}/{names[i]}";
            if (layers[i].Model is { } nested)
            {
                foreach ((ModelParameter, string) inner in Of(nested, group + "/layers"))
                {
                    yield return inner;
                }
            }
            else
            {
                foreach (ModelParameter parameter in layers[i].Use!.Parameters)
                {
                    yield return (parameter, group);
                }
            }
        }
    }
}

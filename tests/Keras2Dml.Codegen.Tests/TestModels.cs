using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Small networks made by hand.</summary>
internal static class TestModels
{
    public static KerasObject Object(KerasClass @class, params (string Name, object? Value)[] values)
    {
        var all = @class.Arguments.ToDictionary(a => a.Name, a => a.Default);
        foreach ((string name, object? value) in values)
        {
            all[name] = value;
        }

        return new KerasObject(@class, all);
    }

    public static KerasObject Activation(string name) => Object(Activations.Find(name));

    private static class Activations
    {
        public static KerasClass Find(string name) => Keras2Dml.Network.Activations.ActivationTable.All.First(a => a.Class.Name == name).Class;
    }
}

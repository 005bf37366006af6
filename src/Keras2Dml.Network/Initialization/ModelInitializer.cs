using Keras2Dml.Core.Random;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Initialization;

/// <summary>Gives every variable without a value its initial one.</summary>
internal static class ModelInitializer
{
    private const int LargestDraw = 1_000_000_000;

    /// <summary>
    /// Sets initial values. Initializers and random layers without a seed of their own get one from Python's random module, layer by layer in the order of the model,
    /// as Keras does when it constructs them after <c>set_random_seed(seed)</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">Seed of the draws; null for a random one.</param>
    public static void Initialize(NetworkModel model, long? seed)
    {
        var random = new PythonRandom(seed ?? System.Random.Shared.NextInt64(long.MaxValue));
        foreach (LayerUse use in model.Layers)
        {
            Initialize(use, random);
        }
    }

    /// <summary>Random generators of layers without a seed of their own start anew from a seed, drawn in the order in which <see cref="Initialize(NetworkModel, long?)"/> draws.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">Seed of the draws, as given to Keras's <c>set_random_seed</c>.</param>
    public static void RestartGenerators(NetworkModel model, long seed)
    {
        var random = new PythonRandom(seed);
        foreach (LayerUse use in model.Layers)
        {
            KerasObject config = use.Layer.Config;
            foreach (Argument argument in config.Class.Arguments)
            {
                if (config.Values[argument.Name] is KerasObject { Class.Kind: ObjectKind.Initializer } initializer && Initializers.IsRandom(initializer) && Initializers.SeedOf(initializer) is null)
                {
                    random.NextInteger(1, LargestDraw);
                }
            }

            bool seeded = config.Class.Find("seed") is not null && config.Values["seed"] is long;
            foreach (ModelParameter state in use.Parameters.Where(p => !seeded && p.Spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal)))
            {
                state.Value = Tensor.From(new long[] { random.NextInteger(1, LargestDraw), 0 }, 2).Cast(state.Spec.Type);
            }
        }
    }

    /// <summary>Sets the initial values of a layer's variables.</summary>
    public static void Initialize(LayerUse use, PythonRandom random)
    {
        KerasObject config = use.Layer.Config;
        var seeds = new Dictionary<KerasObject, long>(ReferenceEqualityComparer.Instance);
        foreach (Argument argument in config.Class.Arguments)
        {
            if (config.Values[argument.Name] is KerasObject { Class.Kind: ObjectKind.Initializer } initializer && Initializers.IsRandom(initializer) && Initializers.SeedOf(initializer) is null)
            {
                seeds[initializer] = random.NextInteger(1, LargestDraw);
            }
        }

        foreach (ModelParameter parameter in use.Parameters)
        {
            if (parameter.Spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal))
            {
                // State of a SeedGenerator: [seed, number of draws].
                long own = config.Class.Find("seed") is not null && config.Values["seed"] is long given ? given : random.NextInteger(1, LargestDraw);
                parameter.Value ??= Tensor.From(new[] { own, 0L }, 2).Cast(parameter.Spec.Type);
            }
            else if (parameter.Value is null)
            {
                long drawn = parameter.Spec.Initializer is { } initializer ? seeds.GetValueOrDefault(initializer) : 0;
                parameter.Value = Initial(use, parameter.Spec, drawn).Cast(parameter.Spec.Type);
            }
        }
    }

    private static Tensor Initial(LayerUse use, ParameterSpec spec, long seed)
    {
        Tensor value = Initializers.Create(spec.Initializer, spec.Shape, seed);
        KerasObject config = use.Layer.Config;
        if (config.Class.Find("unit_forget_bias") is not null && config.Bool("unit_forget_bias") && spec.Name.EndsWith("bias", StringComparison.Ordinal))
        {
            // Gates i, f, c, o: the forget gate's bias starts at 1 (Jozefowicz et al. 2015).
            int units = spec.Shape[^1] / 4;
            value.AsSpan<float>().Slice(units, units).Fill(1);
        }

        return value;
    }
}

using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Initializers;

/// <summary>Every initializer of Keras: names, aliases and arguments. Values are drawn where models are built, by class name.</summary>
internal static class InitializerTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<KerasClass> All { get; } =
    [
        Of("Zeros", ["zeros", "zero"]),
        Of("Ones", ["ones", "one"]),
        Of("Constant", ["constant"], Argument.Any("value", 0.0)),
        Of("Identity", ["identity", "IdentityInitializer"], Argument.Double("gain", 1.0)),
        Of("RandomNormal", ["random_normal", "normal"], Argument.Double("mean", 0.0), Argument.Double("stddev", 0.05), Argument.Seed()),
        Of("RandomUniform", ["random_uniform", "uniform"], Argument.Double("minval", -0.05), Argument.Double("maxval", 0.05), Argument.Seed()),
        Of("TruncatedNormal", ["truncated_normal"], Argument.Double("mean", 0.0), Argument.Double("stddev", 0.05), Argument.Seed()),
        Of("VarianceScaling", ["variance_scaling"],
            Argument.Double("scale", 1.0), Argument.Text("mode", "fan_in", "fan_in", "fan_out", "fan_avg"),
            Argument.Text("distribution", "truncated_normal", "truncated_normal", "untruncated_normal", "uniform", "normal"), Argument.Seed(), InputAxes, OutputAxes),
        Scaling("GlorotNormal", "glorot_normal"),
        Scaling("GlorotUniform", "glorot_uniform"),
        Scaling("HeNormal", "he_normal"),
        Scaling("HeUniform", "he_uniform"),
        Scaling("LecunNormal", "lecun_normal"),
        Scaling("LecunUniform", "lecun_uniform"),
        Of("Orthogonal", ["orthogonal", "OrthogonalInitializer"], Argument.Double("gain", 1.0), Argument.Seed()),
        Of("STFT", ["stft", "STFTInitializer"],
            Argument.Text("side", "real", "real", "imag"), Argument.Any("window", "hann"), Argument.Text("scaling", "density", "density", "spectrum"), Argument.Bool("periodic", false)),
    ];

    private static Argument InputAxes => Argument.OptionalInts("input_axes");

    private static Argument OutputAxes => Argument.OptionalInts("output_axes");

    private static KerasClass Of(string name, IReadOnlyList<string> aliases, params Argument[] arguments) => new(ObjectKind.Initializer, name, aliases, arguments);

    /// <summary>A variance scaling with fixed scale, mode and distribution.</summary>
    private static KerasClass Scaling(string name, string alias) => Of(name, [alias], Argument.Seed(), InputAxes, OutputAxes);
}

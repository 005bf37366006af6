using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Layers.Activations;
using Keras2Dml.Network.Layers.Core;
using Keras2Dml.Network.Layers.Images;
using Keras2Dml.Network.Layers.Merging;
using Keras2Dml.Network.Layers.Normalization;
using Keras2Dml.Network.Layers.Operations;
using Keras2Dml.Network.Layers.Recurrent;
using Keras2Dml.Network.Layers.Regularization;
using Keras2Dml.Network.Layers.Reshaping;

namespace Keras2Dml.Network.Layers;

/// <summary>A registered layer: its declaration and its constructor.</summary>
internal sealed record LayerRegistration(KerasClass Class, Func<KerasObject, Layer> Create)
{
    /// <summary>For operations: names of the parameters of the call, in order. Those that are constants in a model become arguments of the operation.</summary>
    public IReadOnlyList<string> CallParameters { get; init; } = [];
}

/// <summary>Every layer, one line each; explicit, so that it survives trimming and Native AOT.</summary>
internal static class LayerTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<LayerRegistration> All { get; } =
    [
        InputLayer.Registration,
        Dense.Registration,
        Activation.Registration,
        Embedding.Registration,
        Masking.Registration,
        Identity.Registration,
        ReLU.Registration,
        LeakyReLU.Registration,
        ELU.Registration,
        PReLU.Registration,
        Softmax.Registration,
        Dropout.Registration,
        ActivityRegularization.Registration,
        BatchNormalization.Registration,
        Rescaling.Registration,
        Add.Registration,
        Subtract.Registration,
        Multiply.Registration,
        Average.Registration,
        Maximum.Registration,
        Minimum.Registration,
        Concatenate.Registration,
        Flatten.Registration,
        Reshape.Registration,
        Permute.Registration,
        RepeatVector.Registration,
        Conv2D.Registration,
        Conv2DTranspose.Registration,
        UpSampling2D.Registration,
        ZeroPadding2D.Registration,
        MaxPooling2D.Registration,
        AveragePooling2D.Registration,
        GlobalMaxPooling2D.Registration,
        GlobalAveragePooling2D.Registration,
        SimpleRnn.Registration,
        Lstm.Registration,
        NotEqual.Registration,
        Any.Registration,
        .. ArithmeticOperation.Registrations,
        .. UnaryOperation.Registrations,
    ];

    /// <summary>The registration of a class declared here.</summary>
    public static LayerRegistration Of(KerasClass @class) => All.First(r => ReferenceEquals(r.Class, @class));

    /// <summary>The layer for a configuration.</summary>
    public static Layer Create(KerasObject config) => Of(config.Class).Create(config);
}

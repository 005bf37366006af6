using Keras2Dml.Runtime.Cpu.Kernels.Convolution;
using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;
using Keras2Dml.Runtime.Cpu.Kernels.Normalization;
using Keras2Dml.Runtime.Cpu.Kernels.Pooling;
using Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Operators of neural networks.</summary>
internal static class NetworkTable
{
    public static KernelTable All { get; } = new()
    {
        ["conv2d"] = ConvolutionKernel.Forward,
        ["conv2d_bias"] = ConvolutionKernel.WithBias,
        ["conv2d_bias_relu"] = ConvolutionKernel.WithBiasRelu,
        ["conv2d_backward_filter"] = ConvolutionKernel.BackwardFilter,
        ["conv2d_backward_data"] = ConvolutionKernel.BackwardData,
        ["max_pool"] = PoolingKernel.Max,
        ["max_pool_backward"] = PoolingKernel.MaxBackward,
        ["relu_max_pool_backward"] = PoolingKernel.ReluMaxBackward,
        ["avg_pool"] = PoolingKernel.Average,
        ["avg_pool_backward"] = PoolingKernel.AverageBackward,
        ["bias_add"] = BiasKernel<Add>.Run,
        ["bias_multiply"] = BiasKernel<Elementwise.Multiply>.Run,
        ["batch_norm2d"] = BatchNorm2dKernel.Forward,
        ["batch_norm2d_backward"] = BatchNorm2dKernel.Backward,
        ["lstm"] = LstmKernel.Forward,
        ["lstm_backward"] = LstmKernel.Backward,
        ["simple_rnn"] = RecurrentKernel<SimpleRnnCell>.Forward,
        ["simple_rnn_backward"] = RecurrentKernel<SimpleRnnCell>.Backward,
        ["lstm_layer"] = RecurrentKernel<LstmCell>.Forward,
        ["lstm_layer_backward"] = RecurrentKernel<LstmCell>.Backward,
    };
}

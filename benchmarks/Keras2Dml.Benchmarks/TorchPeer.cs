using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Keras2Dml.Benchmarks;

/// <summary>The same training steps on TorchSharp: batch 64, cross entropy, SGD with Nesterov momentum.</summary>
internal static class TorchPeer
{
    /// <summary>Milliseconds of one training step.</summary>
    public static double Step(bool convolutional, int threads, double seconds = 2)
    {
        set_num_threads(threads);
        using nn.Module<TorchTensor, TorchTensor> model = convolutional ? new LeNet() : new Mlp();
        using TorchTensor x = convolutional ? rand(64, 1, 28, 28) : rand(64, 784);
        using TorchTensor y = randint(0, 10, new long[] { 64 }, dtype: ScalarType.Int64);
        using var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9, nesterov: true);
        model.train();
        return Timing.Median(
            () =>
            {
                using DisposeScope scope = NewDisposeScope();
                optimizer.zero_grad();
                TorchTensor loss = nn.functional.cross_entropy(model.call(x), y);
                loss.backward();
                optimizer.step();
            },
            seconds);
    }

    private sealed class LeNet : nn.Module<TorchTensor, TorchTensor>
    {
        private readonly Conv2d conv1 = nn.Conv2d(1, 32, 5, padding: 2);
        private readonly Conv2d conv2 = nn.Conv2d(32, 64, 5, padding: 2);
        private readonly Linear dense1 = nn.Linear(64 * 49, 512);
        private readonly Linear dense2 = nn.Linear(512, 10);

        public LeNet()
            : base("lenet")
        {
            RegisterComponents();
        }

        public override TorchTensor forward(TorchTensor x)
        {
            x = nn.functional.max_pool2d(nn.functional.relu(conv1.call(x)), 2);
            x = nn.functional.max_pool2d(nn.functional.relu(conv2.call(x)), 2);
            return dense2.call(nn.functional.relu(dense1.call(x.flatten(1))));
        }
    }

    private sealed class Mlp : nn.Module<TorchTensor, TorchTensor>
    {
        private readonly Linear dense1 = nn.Linear(784, 512);
        private readonly Linear dense2 = nn.Linear(512, 512);
        private readonly Linear dense3 = nn.Linear(512, 10);

        public Mlp()
            : base("mlp")
        {
            RegisterComponents();
        }

        public override TorchTensor forward(TorchTensor x) => dense3.call(nn.functional.relu(dense2.call(nn.functional.relu(dense1.call(x)))));
    }
}

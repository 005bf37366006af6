using System.Globalization;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Benchmarks;

/// <summary>Training steps written as the kernel calls that a good plan makes: the lower bound for the engine.</summary>
internal static class KernelSteps
{
    private const double Rate = 0.01;
    private const double Momentum = 0.9;

    // v = momentum * v - rate * g
    private static readonly CellProgram Velocity = new(4, [new("*", 0, 2, -1), new("*", 1, 3, -1), new("-", 4, 5, -1)]);

    // w = w + momentum * v - rate * g
    private static readonly CellProgram Weight = new(5, [new("*", 1, 3, -1), new("*", 2, 4, -1), new("+", 0, 5, -1), new("-", 7, 6, -1)]);

    // d * (y > 0)
    private static readonly CellProgram ReluGradient = new(3, [new(">", 1, 2, -1), new("*", 0, 3, -1)]);

    // exp(z - max)
    private static readonly CellProgram Exponent = new(2, [new("-", 0, 1, -1), new("exp", 2, -1, -1)]);

    // (e / sum - y) / n
    private static readonly CellProgram LogitGradient = new(4, [new("/", 0, 1, -1), new("-", 4, 2, -1), new("/", 5, 3, -1)]);

    public static void Run(int threads)
    {
        using var lenet = new KernelMachine(threads);
        Network network = LeNet(lenet);
        Report("LeNet", lenet, Timing.Median(network.Step), TorchPeer.Step(true, threads), network);
        using var mlp = new KernelMachine(threads);
        Network other = Mlp(mlp);
        Report("MLP", mlp, Timing.Median(other.Step), TorchPeer.Step(false, threads), other);
    }

    private static void Report(string name, KernelMachine machine, double ours, double torch, Network network)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        machine.Times.Clear();
        for (int i = 0; i < 20; i++)
        {
            network.Step();
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {ours:F3} ms a step, TorchSharp {torch:F3} ms, ratio {ours / torch:F2}; {bytes / 20} managed bytes a step"));
        foreach ((string key, double time) in machine.Times.OrderByDescending(t => t.Value))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {key,-24} {time / 20:F3} ms"));
        }
    }

    private static Network LeNet(KernelMachine m)
    {
        var n = new Network(m, 784);
        (int C, int H, int K)[] layers = [(1, 28, 32), (32, 14, 64)];
        int[] parameters = [n.Add(32, 25, 0.2), n.Add(32, 1, 0), n.Add(64, 800, 0.035), n.Add(64, 1, 0), n.Add(3136, 512, 0.018), n.Add(1, 512, 0), n.Add(512, 10, 0.04), n.Add(1, 10, 0)];
        n.Step = () =>
        {
            Matrix x0 = n.X;
            Matrix a1 = n.Conv(x0, layers[0], parameters[0], parameters[1]);
            Matrix p1 = n.Pool(a1, 32, 28);
            Matrix a2 = n.Conv(p1, layers[1], parameters[2], parameters[3]);
            Matrix p2 = n.Pool(a2, 64, 14);
            Matrix h = n.Dense(p2, parameters[4], parameters[5], true);
            Matrix z = n.Dense(h, parameters[6], parameters[7], false);
            Matrix dz = n.Loss(z);
            Matrix dh = n.DenseBack(h, dz, parameters[6], parameters[7]);
            dh = m.Run("cell_chain", 3, [Value.Of(dh), Value.Of(h), Value.Of(0.0)], ReluGradient);
            Matrix dp2 = n.DenseBack(p2, dh, parameters[4], parameters[5]);
            Matrix da2 = n.PoolBack(a2, dp2, 64, 14);
            Matrix dp1 = n.ConvBack(p1, da2, layers[1], parameters[2], parameters[3], true)!;
            p2.Release();
            Matrix da1 = n.PoolBack(a1, dp1, 32, 28);
            n.ConvBack(x0, da1, layers[0], parameters[0], parameters[1], false);
            p1.Release();
            n.Update();
        };
        return n;
    }

    private static Network Mlp(KernelMachine m)
    {
        var n = new Network(m, 784);
        int[] p = [n.Add(784, 512, 0.036), n.Add(1, 512, 0), n.Add(512, 512, 0.044), n.Add(1, 512, 0), n.Add(512, 10, 0.04), n.Add(1, 10, 0)];
        n.Step = () =>
        {
            Matrix h1 = n.Dense(n.X, p[0], p[1], true), h2 = n.Dense(h1, p[2], p[3], true), z = n.Dense(h2, p[4], p[5], false);
            Matrix d = n.DenseBack(h2, n.Loss(z), p[4], p[5]);
            d = m.Run("cell_chain", 3, [Value.Of(d), Value.Of(h2), Value.Of(0.0)], ReluGradient);
            d = n.DenseBack(h1, d, p[2], p[3]);
            d = m.Run("cell_chain", 3, [Value.Of(d), Value.Of(h1), Value.Of(0.0)], ReluGradient);
            n.DenseBack(n.X, d, p[0], p[1], false);
            n.Update();
        };
        return n;
    }

    private sealed class Network(KernelMachine m, int inputs)
    {
        private readonly List<Matrix> weights = [];
        private readonly List<Matrix> velocities = [];
        private readonly List<Matrix> gradients = [];

        public Matrix X { get; } = m.Random(64, inputs, 1, 1);

        public Matrix Y { get; } = OneHot(m);

        public Action Step { get; set; } = () => { };

        public int Add(int rows, int columns, double scale)
        {
            weights.Add(m.Random(rows, columns, scale, weights.Count));
            velocities.Add(m.Random(rows, columns, 0, 0));
            gradients.Add(null!);
            return weights.Count - 1;
        }

        public Matrix Conv(Matrix x, (int C, int H, int K) s, int w, int b) =>
            m.Run("conv2d_bias_relu", 0, [Value.Of(x), Value.Of(weights[w]), .. Sizes(s), Value.Of(weights[b])]);

        public Matrix? ConvBack(Matrix x, Matrix da, (int C, int H, int K) s, int w, int b, bool data)
        {
            gradients[w] = m.Run("conv2d_backward_filter", 0, [Value.Of(x), Value.Of(da), .. Sizes(s)]);
            Matrix? dx = data ? m.Run("conv2d_backward_data", 0, [Value.Of(weights[w]), Value.Of(da), .. Sizes(s)]) : null;
            Matrix sums = m.Run("colSums", 1, [Value.Of(da)]);
            Matrix planes = m.Run("reshape", 1, [Value.Of(sums), Value.Of((long)s.K), Value.Of((long)s.H * s.H), Value.Of(true)]);
            gradients[b] = m.Run("rowSums", 1, [Value.Of(planes)]);
            return dx;
        }

        public Matrix Pool(Matrix a, int c, int h) => m.Run("max_pool", 0, [Value.Of(a), .. Windows(c, h)]);

        // Gradient of the pooling, then of the ReLU before it.
        public Matrix PoolBack(Matrix a, Matrix dp, int c, int h)
        {
            Matrix da = m.Run("max_pool_backward", 2, [Value.Of(a), Value.Of(dp), .. Windows(c, h)]);
            return m.Run("cell_chain", 3, [Value.Of(da), Value.Of(a), Value.Of(0.0)], ReluGradient);
        }

        public Matrix Dense(Matrix x, int w, int b, bool relu) => m.Run(relu ? "multiply_bias_relu" : "multiply_bias", 0, [Value.Of(x), Value.Of(weights[w]), Value.Of(weights[b])]);

        // Takes h and d over, except the input.
        public Matrix DenseBack(Matrix h, Matrix d, int w, int b, bool data = true)
        {
            gradients[w] = m.Run("matrixmultiply", 0, [Value.Of(h), Value.Of(d), Value.Of(true), Value.Of(false)]);
            gradients[b] = m.Run("colSums", 0, [Value.Of(d)]);
            Matrix dx = data ? m.Run("matrixmultiply", 0, [Value.Of(d), Value.Of(weights[w]), Value.Of(false), Value.Of(true)]) : null!;
            d.Release();
            return dx;
        }

        public Matrix Loss(Matrix z)
        {
            Matrix max = m.Run("rowMaxs", 0, [Value.Of(z)]);
            Matrix e = m.Run("cell_chain", 3, [Value.Of(z), Value.Of(max)], Exponent);
            Matrix sum = m.Run("rowSums", 0, [Value.Of(e)]);
            return m.Run("cell_chain", 3, [Value.Of(e), Value.Of(sum), Value.Of(Y), Value.Of(64.0)], LogitGradient);
        }

        public void Update()
        {
            for (int i = 0; i < weights.Count; i++)
            {
                velocities[i] = m.Run("cell_chain", 1, [Value.Of(velocities[i]), Value.Of(gradients[i]), Value.Of(Momentum), Value.Of(Rate)], Velocity);
                weights[i] = m.Run("cell_chain", 5, [Value.Of(weights[i]), Value.Of(velocities[i]), Value.Of(gradients[i]), Value.Of(Momentum), Value.Of(Rate)], Weight);
            }
        }

        private static Value[] Sizes((int C, int H, int K) s) =>
            [.. new[] { s.C, s.H, s.H, s.K, 5, 5, 1, 1, 2, 2, 2, 2, 1, 1, 1 }.Select(v => Value.Of((long)v))];

        private static Value[] Windows(int c, int h) => [.. new[] { c, h, h, 2, 2, 2, 2, 0, 0, 0, 0 }.Select(v => Value.Of((long)v))];

        private static Matrix OneHot(KernelMachine m)
        {
            Matrix y = m.Pool.Rent(64, 10, MatrixType.Single, clear: true);
            for (int i = 0; i < 64; i++)
            {
                y[i, i * 7 % 10] = 1;
            }

            return y;
        }
    }
}

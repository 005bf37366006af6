using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>The DML builtins lstm and lstm_backward: gates in the order input, forget, output, candidate; weights of the input above those of the state.</summary>
internal static unsafe class LstmKernel
{
    // Inputs: X (N x T*D), W ((D+M) x 4M), b (1 x 4M), out0, c0 (N x M), return_sequences.
    // Outputs: out (N x T*M or N x M), c (N x M), cache_out, cache_c (T x N*M), cache_ifog (T x N*4M).
    public static void Forward(ref KernelCall call)
    {
        using Operand<double> x = Operand<double>.Of(ref call, 0);
        using Operand<double> w = Operand<double>.Of(ref call, 1);
        using Operand<double> b = Operand<double>.Of(ref call, 2);
        using Operand<double> out0 = Operand<double>.Of(ref call, 3);
        using Operand<double> c0 = Operand<double>.Of(ref call, 4);
        bool sequences = call.Inputs[5].AsBoolean();
        int n = x.Rows, m = w.Columns / 4, d = w.Rows - m;
        if (d <= 0 || x.Columns % d != 0 || b.Columns != 4 * m || out0.Rows != n || out0.Columns != m || c0.Rows != n || c0.Columns != m)
        {
            throw KernelErrors.Shape.With("lstm", $"weights of (D + M) x 4M that fit {x.Columns} columns and states of {out0.Rows} x {out0.Columns}", w.Rows, w.Columns);
        }

        int t = x.Columns / d;
        MatrixType type = call.Matrix(0).Type;
        Matrix result = call.Pool.Rent(n, sequences ? t * m : m, type);
        Matrix last = call.Pool.Rent(n, m, MatrixType.Double), h = call.Pool.Rent(n, m, MatrixType.Double);
        Matrix outs = call.Pool.Rent(t, n * m, type), states = call.Pool.Rent(t, n * m, type), gates = call.Pool.Rent(t, n * 4 * m, type);
        Matrix input = call.Pool.Rent(n, d + m, MatrixType.Double), z = call.Pool.Rent(n, 4 * m, MatrixType.Double);
        CopyState(out0, h);
        CopyState(c0, last);
        for (int s = 0; s < t; s++)
        {
            Gather(x, s, d, h, input);
            Multiply(call.Pool, call.Threads, input, w.Data, z);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    double ig = Sigmoid(z[i, j] + b.Data[j]), fg = Sigmoid(z[i, m + j] + b.Data[m + j]), og = Sigmoid(z[i, 2 * m + j] + b.Data[2 * m + j]);
                    double g = Math.Tanh(z[i, 3 * m + j] + b.Data[3 * m + j]);
                    double c = fg * last[i, j] + ig * g, o = og * Math.Tanh(c);
                    last[i, j] = c;
                    h[i, j] = o;
                    outs[s, i * m + j] = o;
                    states[s, i * m + j] = c;
                    gates[s, i * 4 * m + j] = ig;
                    gates[s, i * 4 * m + m + j] = fg;
                    gates[s, i * 4 * m + 2 * m + j] = og;
                    gates[s, i * 4 * m + 3 * m + j] = g;
                    if (sequences)
                    {
                        result[i, s * m + j] = o;
                    }
                    else if (s == t - 1)
                    {
                        result[i, j] = o;
                    }
                }
            }
        }

        input.Release();
        z.Release();
        h.Release();
        call.Return(0, result);
        call.Return(1, Typed(ref call, last, type));
        call.Return(2, outs);
        call.Return(3, states);
        call.Return(4, gates);

        static void CopyState(in Operand<double> from, Matrix to) => Buffer.MemoryCopy(from.Data, to.Data, to.Length * 8, to.Length * 8);
    }

    // Inputs: X, W, b, out0, c0, return_sequences, dout, dc, cache_out, cache_c, cache_ifog. Outputs: dX, dW, db, dout0, dc0.
    public static void Backward(ref KernelCall call)
    {
        using Operand<double> x = Operand<double>.Of(ref call, 0);
        using Operand<double> w = Operand<double>.Of(ref call, 1);
        using Operand<double> out0 = Operand<double>.Of(ref call, 3);
        using Operand<double> c0 = Operand<double>.Of(ref call, 4);
        bool sequences = call.Inputs[5].AsBoolean();
        using Operand<double> dout = Operand<double>.Of(ref call, 6);
        using Operand<double> dcLast = Operand<double>.Of(ref call, 7);
        using Operand<double> outs = Operand<double>.Of(ref call, 8);
        using Operand<double> states = Operand<double>.Of(ref call, 9);
        using Operand<double> gates = Operand<double>.Of(ref call, 10);
        int n = x.Rows, m = w.Columns / 4, d = w.Rows - m, t = x.Columns / d;
        MatrixType type = call.Matrix(0).Type;
        Matrix dx = call.Pool.Rent(n, t * d, type);
        Matrix dw = call.Pool.Rent(d + m, 4 * m, MatrixType.Double, clear: true), db = call.Pool.Rent(1, 4 * m, MatrixType.Double, clear: true);
        Matrix dh = call.Pool.Rent(n, m, MatrixType.Double, clear: true), dc = call.Pool.Rent(n, m, MatrixType.Double);
        Matrix input = call.Pool.Rent(n, d + m, MatrixType.Double), dinput = call.Pool.Rent(n, d + m, MatrixType.Double);
        Matrix dz = call.Pool.Rent(n, 4 * m, MatrixType.Double), step = call.Pool.Rent(d + m, 4 * m, MatrixType.Double), previous = call.Pool.Rent(n, m, MatrixType.Double);
        Buffer.MemoryCopy(dcLast.Data, dc.Data, dc.Length * 8, dc.Length * 8);
        for (int s = t - 1; s >= 0; s--)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    double* gate = gates.Data + (long)s * n * 4 * m + (long)i * 4 * m + j;
                    double ig = gate[0], fg = gate[m], og = gate[2 * m], g = gate[3 * m];
                    double c = states.Data[(long)s * n * m + i * m + j], before = s > 0 ? states.Data[(long)(s - 1) * n * m + i * m + j] : c0.Data[(long)i * m + j];
                    double upstream = dh[i, j] + (sequences ? dout.Data[(long)i * t * m + s * m + j] : s == t - 1 ? dout.Data[(long)i * m + j] : 0);
                    double tc = Math.Tanh(c), dcell = dc[i, j] + upstream * og * (1 - tc * tc);
                    dz[i, j] = dcell * g * ig * (1 - ig);
                    dz[i, m + j] = dcell * before * fg * (1 - fg);
                    dz[i, 2 * m + j] = upstream * tc * og * (1 - og);
                    dz[i, 3 * m + j] = dcell * ig * (1 - g * g);
                    dc[i, j] = dcell * fg;
                    previous[i, j] = s > 0 ? outs.Data[(long)(s - 1) * n * m + i * m + j] : out0.Data[(long)i * m + j];
                }
            }

            Gather(x, s, d, previous, input);
            var product = new GemmOperands<double>
            {
                M = d + m, N = 4 * m, K = n, A = (double*)input.Data, LdA = d + m, TransposedA = true, B = (double*)dz.Data, LdB = 4 * m, C = (double*)step.Data, LdC = 4 * m,
            };
            Gemm<double>.Run(product, call.Pool, call.Threads);
            for (long k = 0; k < dw.Length; k++)
            {
                dw.Set(k, dw.Get(k) + step.Get(k));
            }

            var back = new GemmOperands<double>
            {
                M = n, N = d + m, K = 4 * m, A = (double*)dz.Data, LdA = 4 * m, B = w.Data, LdB = 4 * m, TransposedB = true, C = (double*)dinput.Data, LdC = d + m,
            };
            Gemm<double>.Run(back, call.Pool, call.Threads);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < 4 * m; j++)
                {
                    db[0, j] += dz[i, j];
                }

                for (int j = 0; j < d; j++)
                {
                    dx[i, s * d + j] = dinput[i, j];
                }

                for (int j = 0; j < m; j++)
                {
                    dh[i, j] = dinput[i, d + j];
                }
            }
        }

        input.Release();
        dinput.Release();
        dz.Release();
        step.Release();
        previous.Release();
        call.Return(0, dx);
        call.Return(1, Typed(ref call, dw, type));
        call.Return(2, Typed(ref call, db, type));
        call.Return(3, Typed(ref call, dh, type));
        call.Return(4, Typed(ref call, dc, type));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // input: N x (D + M), the step's columns of X and the state.
    private static void Gather(in Operand<double> x, int step, int d, Matrix state, Matrix input)
    {
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < d; j++)
            {
                input[i, j] = x.Data[(long)i * x.Columns + (long)step * d + j];
            }

            for (int j = 0; j < state.Columns; j++)
            {
                input[i, d + j] = state[i, j];
            }
        }
    }

    private static void Multiply(BufferPool pool, WorkerPool threads, Matrix a, double* w, Matrix to)
    {
        var product = new GemmOperands<double>
        {
            M = to.Rows, N = to.Columns, K = a.Columns, A = (double*)a.Data, LdA = a.Columns,
            B = w, LdB = to.Columns, C = (double*)to.Data, LdC = to.Columns,
        };
        Gemm<double>.Run(product, pool, threads);
    }

    // Takes over the matrix and gives it in the wanted kind.
    private static Matrix Typed(ref KernelCall call, Matrix m, MatrixType type)
    {
        if (m.Type == type)
        {
            return m;
        }

        Matrix converted = call.Pool.Rent(m.Rows, m.Columns, type);
        Element.Convert(m, converted);
        m.Release();
        return converted;
    }
}

namespace Keras2Dml.Runtime.Tests;

/// <summary>Scripts that use much of the language; each reads X, W and b and writes matrices.</summary>
internal static class Scripts
{
    public const string DenseTraining = """
        X = read("memory:X")
        W = read("memory:W")
        b = read("memory:b")
        m = matrix(0, rows=nrow(W), cols=ncol(W))
        v = matrix(0, rows=nrow(W), cols=ncol(W))
        for (i in 1:STEPS) {
          beg = ((i - 1) * 8) %% nrow(X) + 1
          end = min(beg + 7, nrow(X))
          Xb = X[beg:end, ]
          Z = Xb %*% W + b
          A = max(Z, 0)
          dA = (A - 0.5) / nrow(Xb)
          dZ = (Z > 0) * dA
          dW = t(Xb) %*% dZ
          db = colSums(dZ)
          m = 0.9 * m + 0.1 * dW
          v = 0.999 * v + 0.001 * dW^2
          W = W - 0.01 * m / (sqrt(v) + 1e-7)
          b = b - 0.01 * db
        }
        write(W, "memory:W")
        write(b, "memory:b")
        """;

    public static IEnumerable<(string Name, string Text)> All =>
    [
        ("dense training", DenseTraining.Replace("STEPS", "20", StringComparison.Ordinal)),
        ("softmax", """
            X = read("memory:X")
            E = exp(X - rowMaxs(X))
            P = E / rowSums(E)
            L = -sum(P * log(P + 1e-10)) / nrow(X)
            write(P, "memory:P")
            R = as.matrix(L)
            write(R, "memory:L")
            """),
        ("convolution", """
            X = read("memory:X")
            F = matrix(seq(1, 18) / 10 - 0.9, rows=2, cols=9)
            out = bias_add(conv2d(X, F, input_shape=[nrow(X),1,4,4], filter_shape=[2,1,3,3], stride=[1,1], padding=[1,1]), matrix("0.5 -0.5", rows=2, cols=1))
            A = max(0, out)
            d = (out > 0) * (A - 1)
            dF = conv2d_backward_filter(X, d, input_shape=[nrow(X),1,4,4], filter_shape=[2,1,3,3], stride=[1,1], padding=[1,1])
            write(A, "memory:A")
            write(dF, "memory:dF")
            """),
        ("selection", """
            X = read("memory:X")
            n = nrow(X)
            rows = (seq(1, n) * 7) %% n + 1
            S = table(seq(1, n), rows, n, n)
            G = S %*% X
            A = t(S) %*% G
            write(G, "memory:G")
            write(A, "memory:A")
            """),
        ("reshape and transpose", """
            X = read("memory:X")
            Y = matrix(matrix(X, rows=1, cols=length(X)), rows=ncol(X), cols=nrow(X))
            Z = t(t(Y)) %*% t(Y)
            v = t(colSums(X))
            U = X %*% v + matrix(1, rows=1, cols=ncol(X)) %*% v
            write(Z, "memory:Z")
            write(U, "memory:U")
            """),
        ("functions and loops", """
            scale = function(matrix[double] A, double s, boolean twice) return (matrix[double] B) {
              B = A * s
              if (twice) { B = B * 2 }
            }
            total = function(matrix[double] A, int n) return (matrix[double] S, double last) {
              S = matrix(0, rows=1, cols=ncol(A))
              last = 0
              for (i in 1:n) {
                S = S + A[i, ]
                last = as.scalar(A[i, 1])
              }
            }
            X = read("memory:X")
            Y = scale(X, 0.5, TRUE)
            [S, last] = total(Y, nrow(X))
            k = 0
            while (k < 3) {
              Y[k + 1, ] = S * k
              k = k + 1
            }
            Y[1:2, 1] = Y[2:3, 2] ^ 2
            write(Y, "memory:Y")
            write(S, "memory:S")
            """),
        ("mixed broadcasts", """
            X = read("memory:X")
            r = colMeans(X)
            c = rowSums(X^2)
            Y = ifelse(X > r, X - r, (X * c + 1) / (abs(X) + 2))
            Z = min(max(Y, -0.5), 0.5) ^ 3 + sqrt(abs(X * 1)) - (X == Y)
            write(Y, "memory:Y")
            write(Z, "memory:Z")
            """),
    ];
}

using CsCheck;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests.Semantics;

public sealed class DiagnosticTests
{
    [Fact]
    public void A_misspelt_variable_shows_line_caret_and_suggestion() => Expect(
        """
        A = matrix(1, rows=2, cols=3)
        print(sum(Aa))
        """,
        """
        K2D3125: t.dml:2:11: There is no variable 'Aa'. Did you mean 'A'?
            print(sum(Aa))
                      ^^
        """);

    [Fact]
    public void A_misspelt_function_shows_a_suggestion() => Expect(
        """
        A = rowSumms(matrix(1, rows=2, cols=3))
        """,
        """
        K2D3123: t.dml:1:5: There is no function 'rowSumms'. Did you mean 'rowSums'?
            A = rowSumms(matrix(1, rows=2, cols=3))
                ^^^^^^^^
        """);

    [Fact]
    public void Sizes_that_do_not_fit_are_named() => Expect(
        """
        A = matrix(1, rows=2, cols=3)
        B = matrix(1, rows=2, cols=3)
        C = A %*% B
        """,
        """
        K2D3106: t.dml:3:7: '%*%' takes as many columns on the left as rows on the right. Received: 2x3 and 2x3 (3 columns and 2 rows).
            C = A %*% B
                  ^^^
        """);

    [Fact]
    public void All_problems_are_reported_together() => Expect(
        """
        x = y + 1
        z = foo(x)
        s = "a" * 2
        """,
        """
        K2D3125: t.dml:1:5: There is no variable 'y'.
            x = y + 1
                ^
        K2D3123: t.dml:2:5: There is no function 'foo'.
            z = foo(x)
                ^^^
        K2D3104: t.dml:3:9: '*' takes matrices and numbers. Received: a string and an integer.
            s = "a" * 2
                    ^
        """);

    [Fact]
    public void A_missing_argument_names_the_option() => Expect(
        "print($needed)",
        """
        K2D3117: t.dml:1:7: The script needs the argument $needed. Pass it with -nvargs needed=..., or give it a default with ifdef.
            print($needed)
                  ^^^^^^^
        """);

    [Fact]
    public void Dependent_iterations_of_parfor_are_shown() => Expect(
        """
        R = matrix(0, 1, 6)
        parfor (i in 1:4) {
          R[1, i] = i
          R[1, i + 1] = i
        }
        """,
        """
        K2D3224: t.dml:3:3: The iterations of parfor must not depend on each other: R[1, i] in line 3 and R[1, i + 1] in line 4 may touch the same cells. Index one cell or one row by the loop variable, or use for; check=0 turns this check off.
              R[1, i] = i
              ^
        """);

    [Fact]
    public void A_user_function_in_a_condition_is_refused() => Expect(
        """
        f = function(double x) return (boolean b) { b = x > 2 }
        if (f(3)) print("big")
        """,
        """
        K2D3201: t.dml:2:5: The script's own function f cannot be called inside a condition, a loop bound or an index. Assign its result to a variable first.
            if (f(3)) print("big")
                ^
        """);

    [Theory]
    [InlineData("parfor (i in 1:4) R[i, 1] = i", true)]
    [InlineData("parfor (i in 1:4) R[2 * i, 1] = as.scalar(R[2 * i + 1, 1])", true)]
    [InlineData("parfor (i in 1:4) R[i, 1] = as.scalar(R[i + 4, 1])", true)]
    [InlineData("parfor (i in 1:4) R[i, 1] = as.scalar(R[i + 3, 1])", false)]
    [InlineData("parfor (i in 1:4) R[1:i, 1] = matrix(1, i, 1)", false)]
    [InlineData("parfor (i in 1:4) R[1, 1] = i", false)]
    [InlineData("parfor (i in 1:4) s = i", false)]
    [InlineData("parfor (i in 1:4, check=0) s = i", true)]
    [InlineData("parfor (i in 1:4) R += matrix(i, 9, 2)", true)]
    [InlineData("parfor (i in 1:4) s += i", false)]
    [InlineData("parfor (i in 1:4) { t1 = i; R[t1 + 0 * i, 1] = 1 }", false)]
    [InlineData("k = 3\nparfor (i in 1:4) R[i + k, 1] = i", true)]
    [InlineData("parfor (i in seq(1, 7, 2)) { R[i, 1] = i\nR[i + 1, 1] = i }", true)]
    [InlineData("parfor (i in 1:3) parfor (j in 1:2) R[i, j] = i", true)]
    [InlineData("parfor (i in 1:3) parfor (j in 1:2) R[i, 1] = j", false)]
    public void Parallel_loops_are_checked(string loop, bool isIndependent) =>
        Assert.Equal(isIndependent, !Problems("R = matrix(0, 9, 2)\ns = 0\n" + loop + "\n").Any());

    [Fact]
    public void Any_valid_syntax_is_checked_without_an_exception()
    {
        string[] statements =
        [
            "x = 1", "X = matrix(1, 2, 3)", "X = X %*% X", "X[1, 2] = 3", "X[0, ] = x", "L = list(1, a=X)", "y = L[1]", "y = as.scalar(X)", "if (x > 1) { X = 2 } else x = X", "for (i in 1:x) { X = X + i }", "while (x) x = x - 1",
            "parfor (i in 1:3) X[i, 1] = i", "[a, b] = eigen(X)", "f = function(double a, matrix[double] b = 3) return (double c) { c = a + b }", "z = f(x)", "z = f(b=X, 2)", "print(f(1, 2, 3))", "print()", "write(X, \"f\")", "x += 2", "q = $a",
            "Y = rand(rows=x, cols=-1)", "Y = cbind(X, x, L)", "s = \"a\" + TRUE", "s = !X", "Y = table(X, X)", "Y = order(target=X, foo=1)", "Y = conv2d(X, X, stride=[1], padding=[0,0], input_shape=[1,1,2,2], filter_shape=[1,1,9,9])", "Y = seq(1, 5, 0)",
        ];
        Gen.Int[0, statements.Length - 1].Select(i => statements[i]).Array[1, 12].Sample(lines =>
        {
            _ = Problems(string.Join('\n', lines)).Count();
            return true;
        }, iter: 2000);
    }

    private static IEnumerable<Problem> Problems(string text) => GoldenScripts.Check("t.dml", text, ".", new Dictionary<string, string>()).Problems;

    private static void Expect(string script, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join("\n", Problems(script)).ReplaceLineEndings("\n"));
}

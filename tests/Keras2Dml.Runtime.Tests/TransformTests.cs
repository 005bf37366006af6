namespace Keras2Dml.Runtime.Tests;

/// <summary>transformencode with hash and impute, and bit operations beyond 31 bits; the expected texts were printed by SystemDS 3.3.0.</summary>
public sealed class TransformTests
{
    [Fact]
    public void Texts_are_hashed_as_Java_does() => Prints(
        """
        F = rbind(as.frame(list("polygenelubricants")), as.frame(list("a longer text with a negative hash")), as.frame(list("yes")))
        [X, M] = transformencode(target=F, spec="{ \"ids\": true, \"hash\": [1], \"K\": 5 }")
        print(toString(X) + toString(M))
        """,
        "4.000\n3.000\n3.000\n# FRAME: nrow = 1, ncol = 1\n# C1\n# STRING\n5\n\n");

    [Fact]
    public void Hashed_columns_can_be_dummy_coded() => Prints(
        """
        F = rbind(as.frame(list("polygenelubricants")), as.frame(list("a longer text with a negative hash")), as.frame(list("yes")))
        [X, M] = transformencode(target=F, spec="{ \"ids\": true, \"hash\": [1], \"K\": 4, \"dummycode\": [1] }")
        Y = transformapply(target=F, spec="{ \"ids\": true, \"hash\": [1], \"K\": 4, \"dummycode\": [1] }", meta=M)
        print(toString(X) + sum(X != Y))
        """,
        "1.000 0.000 0.000 0.000\n0.000 1.000 0.000 0.000\n0.000 0.000 0.000 1.000\n0.0\n");

    [Theory]
    [InlineData("bitwShiftL(1, 30)", "1073741824")]
    [InlineData("bitwShiftL(3, 30)", "-1073741824")]
    [InlineData("bitwShiftL(1, 31)", "0")]
    [InlineData("bitwShiftL(1.0, 31)", "NaN")]
    [InlineData("bitwShiftL(4294967296, 1)", "0")]
    [InlineData("bitwShiftL(2147483647, 1)", "-2")]
    [InlineData("bitwShiftR(8, 32)", "0")]
    [InlineData("bitwShiftR(8.0, 32)", "8.0")]
    [InlineData("bitwShiftR(4294967296, 1)", "2147483648")]
    [InlineData("bitwAnd(4294967297, 4294967299)", "1")]
    [InlineData("bitwXor(4294967297.0, 3)", "2.147483644E9")]
    [InlineData("as.scalar(bitwShiftL(matrix(5, 1, 1), 31))", "NaN")]
    [InlineData("mean(matrix(\"1 Infinity\", 1, 2))", "Infinity")]
    [InlineData("mean(matrix(\"Infinity NaN\", 1, 2))", "NaN")]
    [InlineData("mean(matrix(\"Infinity -Infinity 1\", 1, 3))", "NaN")]
    public void Odd_numbers(string expression, string expected) => Prints($"x = {expression}\nprint(x)\n", expected + "\n");

    [Theory]
    [InlineData("{ \\\"hash\\\": [1] }", "K as a positive integer. Received: nothing.")]
    [InlineData("{ \\\"hash\\\": [true], \\\"K\\\": 3 }", "a column as a positive integer. Received: true.")]
    [InlineData("{ \\\"impute\\\": [3] }", "'impute' as a list of objects with id and method. Received: 3.")]
    [InlineData("{ \\\"impute\\\": [{\\\"id\\\": 1, \\\"method\\\": \\\"best\\\"}] }", "impute with the method global_mean, global_mode, or constant and a value.")]
    [InlineData("{ \\\"bin\\\": [{\\\"id\\\": 1, \\\"numbins\\\": \\\"x\\\"}] }", "numbins as a positive integer. Received: \"x\".")]
    public void Specifications_that_are_not_understood_are_told(string spec, string message) =>
        Assert.Contains(message, Assert.Throws<Keras2DmlException>(() =>
            ScriptRun.Of($"F = as.frame(matrix(1, 2, 1))\n[X, M] = transformencode(target=F, spec=\"{spec}\")\nprint(toString(X))\n").Dispose()).Message, StringComparison.Ordinal);

    private static void Prints(string script, string expected)
    {
        using ScriptRun run = ScriptRun.Of(script + "\n");
        Assert.Equal(expected, run.Text);
    }
}

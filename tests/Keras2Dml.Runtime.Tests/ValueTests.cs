using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Tests;

public sealed class ValueTests
{
    [Fact]
    public void A_value_of_another_kind_than_needed_is_told()
    {
        Assert.Equal("K2D4032: Expected a matrix. Received: a string.", Message(() => Value.Of("a").AsMatrix()));
        Assert.Equal("K2D4032: Expected a string. Received: an integer.", Message(() => Value.Of(1L).AsString()));
        Assert.Equal("K2D4032: Expected a list. Received: a double.", Message(() => Value.Of(1.5).AsList()));
        Assert.Equal("K2D4032: Expected a number or a string. Received: nothing.", Message(() => default(Value).ToScalar()));
    }

    [Fact]
    public void An_element_of_a_list_is_assigned_by_one_position() =>
        Assert.StartsWith("K2D3126: ", Message(() => ScriptRun.Of("l = list(1, 2)\nl[1, ] = 3\nprint(length(l))\n").Dispose()), StringComparison.Ordinal);

    [Theory]
    [InlineData("table(A=matrix(1, 2, 1))")]
    [InlineData("cov(matrix(1, 2, 1))")]
    public void Missing_arguments_are_told(string call) =>
        Assert.Throws<Keras2DmlException>(() => ScriptRun.Of($"x = {call}\nprint(sum(x))\n").Dispose());

    private static string Message(Action action) => Assert.Throws<Keras2DmlException>(action).Message;
}

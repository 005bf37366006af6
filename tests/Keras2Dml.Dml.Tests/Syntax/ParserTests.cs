using CsCheck;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests.Syntax;

public sealed class ParserTests
{
    private static readonly string[] Fragments =
    [
        "x", " = ", "<-", "+=", "(", ")", "[", "]", "{", "}", ",", ";", ":", "::", "if ", "else ", "for ", "parfor ", "while ", "in ", "function", "return ", "source", "as ", "\"text\"", "'", "\"", "\\", "1", "2.5e3", ".", "-",
        "^", "%*%", "%%", "%", "!", "&", "|", "&&", "$a", "$", "#", "/*", "*/", "\n", "matrix", "list", "ifdef", "TRUE", "print", "setwd", "externalFunction", "_", "\u00f6", "\t", "as.scalar", "double ",
    ];

    [Fact]
    public void Any_text_is_read_or_reported() =>
        Gen.String[0, 200].Sample(text => Read(text) is not null, iter: 3000);

    [Fact]
    public void Any_sequence_of_fragments_is_read_or_reported() =>
        Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]).Array[0, 60].Sample(parts => Read(string.Concat(parts)) is not null, iter: 5000);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("!", "")]
    [InlineData("f(", ")")]
    [InlineData("x[", "]")]
    [InlineData("[", "]")]
    [InlineData("2^", "")]
    public void Deep_nesting_is_an_error_not_a_crash(string open, string close)
    {
        string text = "x = " + string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000)) + "\n";
        Assert.Contains(Read(text).Problems, p => p.Definition.Id == "K2D3009");
    }

    [Fact]
    public void A_chain_of_operators_is_bounded_as_well()
    {
        Assert.Contains(Read("x = 1" + string.Concat(Enumerable.Repeat(" + 1", 100_000)) + "\n").Problems, p => p.Definition.Id == "K2D3009");
        Assert.Empty(Read("x = 1" + string.Concat(Enumerable.Repeat(" + 1", 900)) + "\n").Problems);
    }

    [Fact]
    public void Nested_blocks_are_bounded()
    {
        string text = string.Concat(Enumerable.Repeat("if (TRUE) { ", 10_000)) + "x = 1" + string.Concat(Enumerable.Repeat(" }", 10_000));
        Assert.Contains(Read(text).Problems, p => p.Definition.Id == "K2D3009");
    }

    [Fact]
    public void Operators_bind_as_in_DML()
    {
        Assert.Equal("(- (2 ^ 2))", Show("-2^2"));
        Assert.Equal("(2 ^ (3 ^ 2))", Show("2^3^2"));
        Assert.Equal("(2 * (7 %% 3))", Show("2 * 7 %% 3"));
        Assert.Equal("(! (a == b))", Show("!a == b"));
        Assert.Equal("((a < b) < c)", Show("a < b < c"));
        Assert.Equal("((a & b) | c)", Show("a & b | c"));
        Assert.Equal("((- a) %*% b)", Show("-a %*% b"));
        Assert.Equal("((a - b) - c)", Show("a - b - c"));
    }

    [Fact]
    public void Targets_on_a_new_line_are_no_index_of_the_line_before()
    {
        var diagnostics = new DiagnosticBag();
        ScriptFile file = Parser.Parse("t.dml", "y = x\n[a, b] = f(y)\n", diagnostics);
        Assert.False(diagnostics.HasErrors);
        Assert.IsType<MultiAssignmentStatement>(file.Statements[1]);
    }

    [Fact]
    public void Unknown_characters_are_dropped()
    {
        var diagnostics = new DiagnosticBag();
        ScriptFile file = Parser.Parse("t.dml", "_x = 3", diagnostics);
        Assert.Equal("x", Assert.IsType<AssignmentStatement>(Assert.Single(file.Statements)).Target.Name);
    }

    [Fact]
    public void Reading_goes_on_after_a_mistake()
    {
        DiagnosticBag diagnostics = Read("x = 1 +\ny = (2\nz = 3 4\nprint(x)\n");
        Assert.True(diagnostics.Problems.Count >= 2);
    }

    private static DiagnosticBag Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        Parser.Parse("t.dml", text, diagnostics);
        return diagnostics;
    }

    private static string Show(string expression)
    {
        var diagnostics = new DiagnosticBag();
        ScriptFile file = Parser.Parse("t.dml", "x = " + expression, diagnostics);
        Assert.False(diagnostics.HasErrors, string.Join("\n", diagnostics.Problems));
        return Show(((AssignmentStatement)file.Statements[0]).Value);
    }

    private static string Show(Expression expression) => expression switch
    {
        IntegerLiteral i => $"{i.Value}",
        VariableReference v => v.Name,
        UnaryExpression u => $"({(u.Operator == UnaryOperator.Not ? "!" : u.Operator == UnaryOperator.Minus ? "-" : "+")} {Show(u.Operand)})",
        BinaryExpression b => $"({Show(b.Left)} {OperatorNames.Of(b.Operator)} {Show(b.Right)})",
        _ => expression.GetType().Name,
    };
}

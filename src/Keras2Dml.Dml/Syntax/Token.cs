namespace Keras2Dml.Dml.Syntax;

internal enum TokenKind
{
    Identifier, Integer, Double, String, CommandLineArgument, Symbol, End,
}

/// <summary>A token with its place. <paramref name="Text"/> is the name, the symbol, the value of a string, or the digits.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Length, int Line, int Column);

using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Dml.Syntax;

/// <summary>Turns script text into tokens. Characters that the language does not know are dropped, as SystemDS's lexer drops them.</summary>
internal sealed class Lexer(string file, string text, DiagnosticBag diagnostics)
{
    private static readonly string[] DottedNames =
    [
        "as.scalar", "as.matrix", "as.frame", "as.list", "as.double", "as.integer", "as.logical", "as.boolean", "index.return", "empty.return",
        "lower.tail", "lower.tri", "upper.tri", "is.na", "is.nan", "is.infinite",
    ];

    private static readonly string[] Symbols =
    [
        "%*%", "%/%", "%%", "<-", "<=", ">=", "==", "!=", "&&", "||", "+=",
        "^", "-", "+", "*", "/", "<", ">", "!", "&", "|", "=", "(", ")", "[", "]", "{", "}", ",", ";", ":",
    ];

    private readonly List<Token> tokens = [];
    private int position;
    private int line = 1;
    private int lineStart;

    /// <summary>Characters that were dropped.</summary>
    public List<SourceSpan> Dropped { get; } = [];

    /// <summary>All tokens, the last one <see cref="TokenKind.End"/>.</summary>
    public List<Token> Read()
    {
        while (true)
        {
            SkipBlanksAndComments();
            if (position >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, string.Empty, text.Length, 0, line, position - lineStart + 1));
                return tokens;
            }

            char c = text[position];
            if (IsLetter(c))
            {
                ReadName();
            }
            else if (IsDigit(c) || (c == '.' && position + 1 < text.Length && IsDigit(text[position + 1])))
            {
                ReadNumber();
            }
            else if (c is '"' or '\'')
            {
                ReadString(c);
            }
            else if (c == '$' && position + 1 < text.Length && (IsLetter(text[position + 1]) || IsDigit(text[position + 1])))
            {
                int end = position + 1;
                while (end < text.Length && (IsLetter(text[end]) || IsDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }

                Add(TokenKind.CommandLineArgument, text[(position + 1)..end], end - position);
            }
            else if (Symbols.FirstOrDefault(s => string.CompareOrdinal(text, position, s, 0, s.Length) == 0) is { } symbol)
            {
                Add(TokenKind.Symbol, symbol, symbol.Length);
            }
            else
            {
                Dropped.Add(new SourceSpan(file, line, position - lineStart + 1, 1));
                position++;
            }
        }
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsNamePart(char c) => IsLetter(c) || IsDigit(c) || c == '_';

    private void Add(TokenKind kind, string value, int length)
    {
        tokens.Add(new Token(kind, value, position, length, line, position - lineStart + 1));
        position += length;
    }

    private void SkipBlanksAndComments()
    {
        while (position < text.Length)
        {
            char c = text[position];
            if (c == '\n')
            {
                position++;
                line++;
                lineStart = position;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                position++;
            }
            else if (c == '#')
            {
                int end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else if (c == '/' && position + 1 < text.Length && text[position + 1] == '*')
            {
                int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    diagnostics.Report(DmlErrors.UnclosedComment, new SourceSpan(file, line, position - lineStart + 1, 2));
                    end = text.Length - 2;
                }

                AdvanceTo(end + 2);
            }
            else
            {
                return;
            }
        }
    }

    private void AdvanceTo(int end)
    {
        for (; position < end && position < text.Length; position++)
        {
            if (text[position] == '\n')
            {
                line++;
                lineStart = position + 1;
            }
        }
    }

    private void ReadName()
    {
        foreach (string dotted in DottedNames)
        {
            if (string.CompareOrdinal(text, position, dotted, 0, dotted.Length) == 0 && (position + dotted.Length >= text.Length || !IsNamePart(text[position + dotted.Length])))
            {
                Add(TokenKind.Identifier, dotted, dotted.Length);
                return;
            }
        }

        int end = position;
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }

        // A namespace prefix is part of the name token: no blanks around the two colons.
        if (end + 2 < text.Length && text[end] == ':' && text[end + 1] == ':' && IsLetter(text[end + 2]))
        {
            end += 2;
            while (end < text.Length && IsNamePart(text[end]))
            {
                end++;
            }
        }

        Add(TokenKind.Identifier, text[position..end], end - position);
    }

    private void ReadNumber()
    {
        int end = position;
        bool isDouble = false;
        while (end < text.Length && IsDigit(text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] == '.')
        {
            isDouble = true;
            end++;
            while (end < text.Length && IsDigit(text[end]))
            {
                end++;
            }
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < text.Length && IsDigit(text[exponent]))
            {
                isDouble = true;
                end = exponent;
                while (end < text.Length && IsDigit(text[end]))
                {
                    end++;
                }
            }
        }

        Add(isDouble ? TokenKind.Double : TokenKind.Integer, text[position..end], end - position);
    }

    private static char? Escaped(char letter) => letter switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', '"' => '"', '\'' => '\'', _ => null };

    private void ReadString(char quote)
    {
        int start = position;
        int startLine = line;
        int startColumn = position - lineStart + 1;
        var value = new StringBuilder();
        int i = position + 1;
        while (i < text.Length && text[i] != quote)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                char next = text[i + 1];

                // Two backslashes stay; SystemDS then reads the second one with the letter after it.
                if (next == '\\' && i + 2 < text.Length && Escaped(text[i + 2]) is { } after && text[i + 2] is not ('"' or '\''))
                {
                    value.Append('\\').Append(after);
                    i += 3;
                    continue;
                }

                char? escaped = Escaped(next);
                if (escaped is { } e)
                {
                    value.Append(e);
                }
                else
                {
                    if (next != '\\')
                    {
                        diagnostics.Report(DmlErrors.UnknownEscape, new SourceSpan(file, startLine, startColumn, 1), next);
                    }

                    value.Append('\\').Append(next);
                }

                i += 2;
                continue;
            }

            value.Append(text[i++]);
        }

        if (i >= text.Length)
        {
            diagnostics.Report(DmlErrors.UnclosedString, new SourceSpan(file, startLine, startColumn, 1));
        }

        AdvanceTo(Math.Min(i + 1, text.Length));
        tokens.Add(new Token(TokenKind.String, value.ToString(), start, position - start, startLine, startColumn));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Files;

/// <summary>Reads and writes JSON as Python's json module does: NaN and infinities as bare words, within limits of size and depth.</summary>
internal static class JsonText
{
    /// <summary>Most bytes of a configuration.</summary>
    public const int LargestText = 1 << 27;

    private const int DeepestNesting = 400;

    /// <summary>Parses a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="where">The file, for errors.</param>
    /// <param name="what">The part of the file, for errors.</param>
    public static JsonNode? Parse(ReadOnlySpan<byte> text, string where, string what)
    {
        if (text.Length > LargestText)
        {
            throw DataErrors.TooLarge.At(where, what, $"{text.Length} bytes", $"{LargestText} bytes");
        }

        if (text is [0xEF, 0xBB, 0xBF, ..])
        {
            text = text[3..];
        }

        try
        {
            return ParseStrict(QuoteNonFinite(text));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw KerasFileErrors.NotJson.At(where, what, FirstLine(error.Message));
        }
    }

    /// <summary>The text of a tree. Texts that stand for NaN and infinities become bare words again.</summary>
    public static byte[] Write(JsonNode node)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default, MaxDepth = DeepestNesting * 2 }))
        {
            WriteNode(writer, node);
        }

        return stream.ToArray();
    }

    private static JsonNode? ParseStrict(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        JsonNode? node = JsonNode.Parse(ref reader);

        // Duplicate keys and invalid UTF-8 only show when a node is looked at.
        Visit(node);
        return reader.Read() ? throw new JsonException("there is more behind the end.") : node;
    }

    private static void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach ((_, JsonNode? value) in o)
                {
                    Visit(value);
                }

                break;
            case JsonArray array:
                foreach (JsonNode? value in array)
                {
                    Visit(value);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private static string FirstLine(string message) => message.Split('\n')[0];

    // Puts NaN, Infinity and -Infinity outside of strings into quotes.
    private static ReadOnlySpan<byte> QuoteNonFinite(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("NaN"u8) < 0 && text.IndexOf("Infinity"u8) < 0)
        {
            return text;
        }

        var result = new MemoryStream(text.Length + 64);
        bool inString = false;
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<byte> rest = text[i..];
            ReadOnlySpan<byte> word = inString ? default : rest.StartsWith("NaN"u8) ? "NaN"u8 : rest.StartsWith("Infinity"u8) ? "Infinity"u8 : rest.StartsWith("-Infinity"u8) ? "-Infinity"u8 : default;
            if (word.Length > 0)
            {
                result.WriteByte((byte)'"');
                result.Write(word);
                result.WriteByte((byte)'"');
                i += word.Length - 1;
                continue;
            }

            result.WriteByte(text[i]);
            if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                result.WriteByte(text[++i]);
            }
            else if (text[i] == '"')
            {
                inString = !inString;
            }
        }

        return result.ToArray();
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject o:
                writer.WriteStartObject();
                foreach ((string key, JsonNode? value) in o)
                {
                    writer.WritePropertyName(key);
                    WriteNode(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray array:
                writer.WriteStartArray();
                foreach (JsonNode? value in array)
                {
                    WriteNode(writer, value);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out string? text) && text is "NaN" or "Infinity" or "-Infinity":
                writer.WriteRawValue(value.GetValue<string>(), skipInputValidation: true);
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}

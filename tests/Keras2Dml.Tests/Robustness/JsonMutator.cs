using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Changes a JSON tree in ways that configurations go wrong: other types, huge and negative numbers, missing keys, wrong references, repetitions, deep nesting.</summary>
internal sealed class JsonMutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "-1", "0", "1", "2", "3.5", "1e300", "-1e300", "2147483647", "2147483648", "-2147483648", "123456789012", "1e18", "99999999999999999999", "\"\"", "\"x\"", "\"NaN\"", "\"Infinity\"",
        "\"../../up\"", "\"a b\\\"; stop(1)\\n#\"", "[]", "[[]]", "[1,2]", "[null,null]", "[-1,-1]", "[0]", "[1,1,1,1,1,1,1,1]", "[true]", "{}", "{\"class_name\":\"Dense\"}", "{\"class_name\":7,\"config\":[]}",
        "{\"class_name\":\"__tuple__\",\"items\":[2,2]}", "{\"class_name\":\"__tuple__\",\"items\":7}", "{\"class_name\":\"__numpy__\",\"config\":{\"value\":[1,2],\"dtype\":\"float32\"}}",
        "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"x\",0,0]}}", "{\"class_name\":\"__lambda__\",\"config\":{}}", "{\"module\":\"os\",\"class_name\":\"system\",\"config\":\"x\"}",
    ];

    private static readonly string[] Classes = [.. KerasClasses.All.Select(c => c.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>One to three changes.</summary>
    public void Change(JsonNode tree)
    {
        for (int i = random.Next(3); i >= 0; i--)
        {
            ChangeOnce(tree);
        }
    }

    private void ChangeOnce(JsonNode tree)
    {
        List<Place> places = [];
        Collect(tree, places);
        if (places.Count == 0)
        {
            return;
        }

        Place place = places[random.Next(places.Count)];
        switch (random.Next(10))
        {
            case 0:
                place.Remove();
                break;
            case 1 when place.Value is JsonValue number && number.GetValueKind() == JsonValueKind.Number:
                place.Set(JsonNode.Parse(Pick("0", "-1", "-7", "1e9", "2147483647", "4294967296", "1e18", "1e300", "0.5", "65537")));
                break;
            case 2 when places.Where(p => Text(p.Value) is not null).ToArray() is { Length: > 0 } texts:
                // A text of elsewhere: names that two layers share, references to other layers, cycles, other activations.
                texts[random.Next(texts.Length)].Set(JsonValue.Create(Text(texts[random.Next(texts.Length)].Value)));
                break;
            case 3 when places.Where(p => p.Key is "class_name" or "registered_name" or "module").ToArray() is { Length: > 0 } classes:
                classes[random.Next(classes.Length)].Set(JsonValue.Create(Classes[random.Next(Classes.Length)]));
                break;
            case 4:
                place.Set(places[random.Next(places.Count)].Value?.DeepClone());
                break;
            case 5:
                place.Set(Nested(place.Value?.DeepClone(), 1 + random.Next(60)));
                break;
            case 6 when places.Where(p => p.Value is JsonArray { Count: > 0 }).ToArray() is { Length: > 0 } lists:
                ChangeList((JsonArray)lists[random.Next(lists.Length)].Value!);
                break;
            case 7 when Text(place.Value) is { } text:
                place.Set(JsonValue.Create(Pick(text + "x", text + "/" + text, text.ToUpperInvariant(), new string('n', 5000), "\u0000\u2028", "é" + text, "Custom>" + text)));
                break;
            default:
                place.Set(JsonNode.Parse(Pick(Values)));
                break;
        }
    }

    private void ChangeList(JsonArray list)
    {
        switch (random.Next(4))
        {
            case 0:
                list.Clear();
                break;
            case 1:
                list.Add(list[random.Next(list.Count)]?.DeepClone());
                break;
            case 2:
                JsonNode?[] reversed = [.. list.Reverse().Select(n => n?.DeepClone())];
                list.Clear();
                Array.ForEach(reversed, list.Add);
                break;
            default:
                list.RemoveAt(random.Next(list.Count));
                break;
        }
    }

    private JsonNode? Nested(JsonNode? node, int depth)
    {
        bool asList = random.Next(2) == 0;
        for (int i = 0; i < depth; i++)
        {
            node = asList ? new JsonArray(node) : new JsonObject { ["class_name"] = "Sequential", ["config"] = new JsonObject { ["layers"] = new JsonArray(node) } };
        }

        return node;
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static void Collect(JsonNode? node, List<Place> places)
    {
        switch (node)
        {
            case JsonObject o:
                foreach ((string key, JsonNode? value) in o)
                {
                    places.Add(new Place(o, key, value));
                    Collect(value, places);
                }

                break;
            case JsonArray array:
                for (int i = 0; i < array.Count; i++)
                {
                    places.Add(new Place(array, i, array[i]));
                    Collect(array[i], places);
                }

                break;
        }
    }

    private sealed record Place(JsonNode Parent, object Key, JsonNode? Value)
    {
        public void Set(JsonNode? value)
        {
            if (Parent is JsonObject o)
            {
                o[(string)Key] = value;
            }
            else if ((int)Key < ((JsonArray)Parent).Count)
            {
                ((JsonArray)Parent)[(int)Key] = value;
            }
        }

        public void Remove()
        {
            if (Parent is JsonObject o)
            {
                o.Remove((string)Key);
            }
            else
            {
                ((JsonArray)Parent).RemoveAt((int)Key);
            }
        }
    }
}

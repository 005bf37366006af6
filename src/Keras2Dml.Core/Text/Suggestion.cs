namespace Keras2Dml.Core.Text;

/// <summary>Finds the name that a user most likely meant.</summary>
internal static class Suggestion
{
    /// <summary>The candidate with the smallest edit distance to a misspelt name.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">Known names.</param>
    /// <returns>The closest candidate; null when none is close (more than a third of the letters differ).</returns>
    public static string? Closest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int limit = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= limit)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance < limit)
            {
                limit = distance;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>A sentence with the closest candidate (<c> Did you mean 'Dense'?</c>, with a blank in front), or nothing.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">Known names.</param>
    /// <returns>The sentence, or an empty text.</returns>
    public static string Sentence(string name, IEnumerable<string> candidates) =>
        Closest(name, candidates) is { } closest ? $" Did you mean '{closest}'?" : "";

    /// <summary>Levenshtein distance, letter case ignored.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}

namespace Keras2Dml.Keras.Drawing;

/// <summary>
/// Orders the items of rows so that few lines cross and gives them places: the barycenter sweeps of K. Sugiyama, S. Tagawa and M. Toda (1981), then, row by row, the places
/// nearest to the neighbours' that keep order and distance (an isotonic regression, solved by pooling adjacent violators).
/// </summary>
internal static class RowOrder
{
    private const double Gap = 24;
    private const int OrderSweeps = 8;
    private const int PlaceSweeps = 16;

    /// <summary>Sorts each row.</summary>
    public static void Sort(List<RowItem>[] rows)
    {
        Number(rows);
        RowItem[][] best = Save(rows);
        long fewest = Crossings(rows);
        for (int sweep = 0; sweep < OrderSweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<RowItem> row in down ? rows : rows.Reverse())
            {
                var keys = row.ToDictionary(i => i, i => Barycenter(i, down));
                List<RowItem> sorted = [.. row.OrderBy(i => keys[i])];
                row.Clear();
                row.AddRange(sorted);
                Number([row]);
            }

            long crossings = Crossings(rows);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = Save(rows);
            }
        }

        for (int r = 0; r < rows.Length; r++)
        {
            rows[r].Clear();
            rows[r].AddRange(best[r]);
        }

        Number(rows);
    }

    /// <summary>Sets the centres.</summary>
    public static void Place(List<RowItem>[] rows)
    {
        foreach (List<RowItem> row in rows)
        {
            Pack(row, new double[row.Count], [.. row.Select(_ => 1.0)]);
        }

        for (int sweep = 0; sweep < PlaceSweeps; sweep++)
        {
            foreach (List<RowItem> row in sweep % 2 == 0 ? rows : rows.Reverse())
            {
                Pack(row, [.. row.Select(i => Wanted(i, sweep % 2 == 0, sweep >= PlaceSweeps - 4))], [.. row.Select(Weight)]);
            }
        }
    }

    private static double Barycenter(RowItem item, bool down)
    {
        List<RowLink> links = down ? item.Above : item.Below;
        return links.Count == 0 ? item.Order : links.Average(l => (down ? l.Upper : l.Lower).Order + ((down ? l.UpperOffset : l.LowerOffset) * 1e-4));
    }

    private static double Weight(RowItem item) => item.Above.Concat(item.Below).Sum(l => l.Weight) + 0.1;

    private static double Wanted(RowItem item, bool down, bool both)
    {
        double sum = 0;
        double weight = 0;
        foreach (RowLink link in both || down ? item.Above : [])
        {
            sum += link.Weight * (link.Upper.X + link.UpperOffset - link.LowerOffset);
            weight += link.Weight;
        }

        foreach (RowLink link in both || !down ? item.Below : [])
        {
            sum += link.Weight * (link.Lower.X + link.LowerOffset - link.UpperOffset);
            weight += link.Weight;
        }

        return weight == 0 ? item.X : sum / weight;
    }

    // The places nearest to the wanted ones (in weighted squares) at which neighbours keep their distance.
    private static void Pack(List<RowItem> row, double[] wanted, double[] weights)
    {
        var offsets = new double[row.Count];
        var blocks = new Stack<(double Mean, double Weight, int Count)>();
        for (int i = 0; i < row.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + ((row[i - 1].Width + row[i].Width) / 2) + Gap;
            (double Mean, double Weight, int Count) block = (wanted[i] - offsets[i], weights[i], 1);
            while (blocks.TryPeek(out (double Mean, double Weight, int Count) before) && before.Mean >= block.Mean)
            {
                blocks.Pop();
                double weight = before.Weight + block.Weight;
                block = (((before.Mean * before.Weight) + (block.Mean * block.Weight)) / weight, weight, before.Count + block.Count);
            }

            blocks.Push(block);
        }

        int position = row.Count;
        foreach ((double mean, _, int count) in blocks)
        {
            for (int i = 0; i < count; i++)
            {
                position--;
                row[position].X = mean + offsets[position];
            }
        }
    }

    private static void Number(IEnumerable<List<RowItem>> rows)
    {
        foreach (List<RowItem> row in rows)
        {
            for (int i = 0; i < row.Count; i++)
            {
                row[i].Order = i;
            }
        }
    }

    private static RowItem[][] Save(List<RowItem>[] rows) => [.. rows.Select(r => r.ToArray())];

    // Inversions between neighbouring rows, counted with a Fenwick tree.
    private static long Crossings(List<RowItem>[] rows)
    {
        long crossings = 0;
        for (int r = 1; r < rows.Length; r++)
        {
            int width = rows[r].Count;
            var tree = new int[width + 1];
            int seen = 0;
            foreach (RowItem upper in rows[r - 1])
            {
                int[] ends = [.. upper.Below.Select(l => l.Lower.Order)];
                foreach (int end in ends)
                {
                    int notRight = 0;
                    for (int i = end + 1; i > 0; i -= i & -i)
                    {
                        notRight += tree[i];
                    }

                    crossings += seen - notRight;
                }

                foreach (int end in ends)
                {
                    seen++;
                    for (int i = end + 1; i <= width; i += i & -i)
                    {
                        tree[i]++;
                    }
                }
            }
        }

        return crossings;
    }
}

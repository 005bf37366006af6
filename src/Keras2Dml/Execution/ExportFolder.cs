using System.Globalization;
using System.Text;
using Keras2Dml.Codegen;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Data;
using Keras2Dml.Library;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>A folder with everything that SystemDS needs to train a model.</summary>
internal static class ExportFolder
{
    private const string ModelFolder = "model";
    private const string OutFolder = "out";

    public static void Write(string folder, GeneratedScript training, GeneratedScript prediction, TrainingSpec specification)
    {
        Directory.CreateDirectory(Path.Combine(folder, ModelFolder));
        Directory.CreateDirectory(Path.Combine(folder, OutFolder));
        AtomicFile.WriteText(Path.Combine(folder, "train.dml"), training.Text);
        AtomicFile.WriteText(Path.Combine(folder, "predict.dml"), prediction.Text);
        foreach (string path in LibraryText.Paths)
        {
            string target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            AtomicFile.WriteText(target, LibraryText.Find(path)!);
        }

        using var pool = new BufferPool();
        foreach (ScriptBinding binding in training.Reads.Where(b => !b.IsArgument))
        {
            Tensor value = binding.Role == BindingRole.OptimizerSlot ? OptimizerValues.Find(specification, binding) : binding.Parameter!.Value!;
            Matrix matrix = ParameterMatrix.Of(binding, value, pool, MatrixType.Double);
            WriteCsv(Path.Combine(folder, ModelFolder, binding.Name + ".csv"), matrix);
            matrix.Release();
        }

        AtomicFile.WriteText(Path.Combine(folder, "run.sh"), Run(training));
    }

    /// <summary>Takes the written variables over into the model; gives the training specification with the optimizer's state.</summary>
    public static TrainingSpec Read(string folder, GeneratedScript training, NetworkModel model, TrainingSpec specification)
    {
        using var pool = new BufferPool();
        var results = new Dictionary<ScriptBinding, Tensor>();
        var missing = new List<Problem>();
        ScriptBinding[] written = [.. training.Writes.Where(b => b.Role is BindingRole.Parameter or BindingRole.OptimizerSlot)];
        foreach (ScriptBinding binding in written)
        {
            // A cluster writes a folder of parts where one machine writes a file.
            string path = Path.Combine(folder, OutFolder, binding.Name + ".csv");
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                missing.Add(DataErrors.Missing.ProblemAt(null, path));
                continue;
            }

            NumberTable table = SystemDsMatrix.IsMatrix(path) ? SystemDsMatrix.Read(path) : CsvFile.Read(path);
            Matrix matrix = MatrixConversion.FromBatch(Tensor.From(table.Values, table.Rows, table.ColumnCount), pool, MatrixType.Double);
            results[binding] = ParameterMatrix.ToTensor(binding, matrix);
            matrix.Release();
        }

        if (missing.Count == written.Length)
        {
            throw DataErrors.NotTrained.At(Path.Combine(folder, OutFolder), written[0].Name + ".csv");
        }

        if (missing.Count > 0)
        {
            throw new Keras2DmlException(missing);
        }

        foreach ((ScriptBinding binding, Tensor value) in results.Where(r => r.Key.Role == BindingRole.Parameter))
        {
            binding.Parameter!.Value = value.Cast(binding.Parameter.Spec.Type);
        }

        return specification with { OptimizerVariables = OptimizerValues.After(specification, model, results) };
    }

    private static void WriteCsv(string path, Matrix matrix)
    {
        var text = new StringBuilder();
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                text.Append(column == 0 ? string.Empty : ",").Append(matrix[row, column].ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
        AtomicFile.WriteText(path + ".mtd", string.Create(
            CultureInfo.InvariantCulture,
            $"{{\n  \"data_type\": \"matrix\",\n  \"value_type\": \"double\",\n  \"rows\": {matrix.Rows},\n  \"cols\": {matrix.Columns},\n  \"format\": \"csv\",\n  \"header\": false,\n  \"sep\": \",\"\n}}\n"));
    }

    private static string Run(GeneratedScript training)
    {
        string arguments = string.Join(' ', training.Reads.Where(b => b.IsArgument).Select(b => $"{b.Name}={b.Name}.csv"));
        return $"""
            #!/usr/bin/env bash
            # Trains on SystemDS: put the data beside this file as csv without header, then run it. SYSTEMDS names the command.
            # More arguments go on to the script: ./run.sh epochs=5
            set -euo pipefail
            cd "$(dirname "$0")"
            "$SYSTEMDS" train.dml -nvargs {arguments} model={ModelFolder} out={OutFolder} "$@"

            """.ReplaceLineEndings("\n").Replace("\"$SYSTEMDS\"", "\"${SYSTEMDS:-systemds}\"", StringComparison.Ordinal);
    }
}

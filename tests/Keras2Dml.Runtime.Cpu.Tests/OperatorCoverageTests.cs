using Keras2Dml.Dml.Operators;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class OperatorCoverageTests
{
    [Fact]
    public void Every_operator_of_the_table_has_a_kernel()
    {
        var backend = new CpuBackend();
        Assert.Empty(OperatorTable.All.Where(o => backend.Find(o.Name) is null).Select(o => o.Name));
    }
}

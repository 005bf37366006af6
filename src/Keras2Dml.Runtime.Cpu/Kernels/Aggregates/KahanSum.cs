namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Compensated summation as SystemDS adds (Kahan 1965): the correction goes into the next term.</summary>
internal struct KahanSum
{
    public double Sum;
    private double correction;

    public void Add(double x)
    {
        // With infinities the correction would become NaN; SystemDS keeps the last infinity, whatever came before or follows.
        if (double.IsInfinity(x))
        {
            Sum = x;
            correction = 0;
            return;
        }

        if (double.IsInfinity(Sum))
        {
            return;
        }

        double corrected = x + correction;
        double sum = Sum + corrected;
        correction = corrected - (sum - Sum);
        Sum = sum;
    }
}

using CsCheck;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Tests.Text;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(9999999.0, "9999999.0")]
    [InlineData(1e7, "1.0E7")]
    [InlineData(12345678.9, "1.23456789E7")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "1.0E-4")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.Epsilon, "4.9E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E308")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(double.NaN, "NaN")]
    public void Doubles_print_as_in_Java(double value, string text) => Assert.Equal(text, JavaNumber.Of(value));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_double() =>
        Gen.Double.Where(double.IsFinite).Sample(x => double.Parse(JavaNumber.Of(x), System.Globalization.CultureInfo.InvariantCulture) == x, iter: 5000);

    [Theory]
    [InlineData(0.0005, 3, "0.000")]
    [InlineData(0.0015, 3, "0.002")]
    [InlineData(0.0025, 3, "0.003")]
    [InlineData(2.5, 0, "2.5")]
    [InlineData(1e23, 3, "99999999999999990000000.000")]
    [InlineData(999.9996, 3, "1000.000")]
    [InlineData(-0.0001, 3, "0.000")]
    [InlineData(1234567.891, 5, "1234567.89100")]
    public void Cells_round_as_toString_does(double value, int decimals, string text) => Assert.Equal(text, ValueText.Cell(value, decimals));

    [Theory]
    [InlineData("%.2f", 2.675, "2.68")]
    [InlineData("%5.1f%%", 12.34, " 12.3%")]
    [InlineData("%e", 12345.678, "1.234568e+04")]
    [InlineData("%.3e", 0.00012345, "1.235e-04")]
    [InlineData("%g", 0.0001, "0.000100000")]
    [InlineData("%.0f", 9.5, "10")]
    public void Formats_are_those_of_printf_in_Java(string format, double value, string text) =>
        Assert.Equal(text, JavaFormat.Format(format, [Value.Of(value)]));
}

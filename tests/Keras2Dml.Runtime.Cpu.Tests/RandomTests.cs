using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class RandomTests
{
    [Fact]
    public void Philox_draws_what_Keras_draws_from_a_seed()
    {
        // Reference: keras.random on TensorFlow 2 (CPU), float32.
        using var runner = new KernelRunner(2, MatrixType.Single);
        double[,] u = runner.First("philox_uniform", 42, 0, 1, 6);
        float[] uniform = [-1.293917179107666f, -0.7539577484130859f, -0.21135377883911133f, -1.9494948387145996f, -1.8035047054290771f, -0.43360161781311035f];
        double[,] n = runner.First("philox_normal", 1337, 1, 1, 6);
        float[] normal = [1.0821110010147095f, 1.0091789960861206f, 0.9981938004493713f, 0.8108314275741577f, 1.0257683992385864f, 1.0023964643478394f];
        double[,] t = runner.First("philox_truncated_normal", 1337, 2, 1, 6);
        float[] truncated = [1.8890401124954224f, 0.5912988781929016f, -1.168567180633545f, -0.13403593003749847f, 0.37931233644485474f, -0.5027269124984741f];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(uniform[i], (float)((float)((float)u[0, i] * 2.5f) + -2f));
            Assert.Equal(normal[i], (float)((float)((float)n[0, i] * 0.1f) + 1f));
            Assert.Equal(truncated[i], (float)t[0, i]);
        }
    }

    [Theory]
    [InlineData("philox_uniform")]
    [InlineData("philox_uniform64")]
    [InlineData("philox_normal")]
    [InlineData("philox_normal64")]
    [InlineData("philox_truncated_normal")]
    [InlineData("philox_truncated_normal64")]
    public void Draws_do_not_depend_on_threads_or_shape(string name)
    {
        using var one = new KernelRunner(1);
        using var two = new KernelRunner(2);
        double[,] a = one.First(name, 7, 3, 300, 151);
        Cells.Same(a, two.First(name, 7, 3, 300, 151));
        double[,] b = one.First(name, 7, 3, 1, 300 * 151);
        Assert.Equal(a.Cast<double>(), b.Cast<double>());
        Assert.NotEqual(a[0, 0], one.First(name, 7, 4, 1, 1)[0, 0]);
    }

    [Fact]
    public void Rand_follows_the_streams_of_SystemDS()
    {
        using var runner = new KernelRunner();
        Cells.Close(new double[,] { { 0.453243533223, 0.015920304163, 0.086065888799, 0.596636059731 } }, runner.First("rand", 1, 4, 0.0, 1.0, "uniform", 1.0, 7, 1.0), 1e-11);
        Cells.Close(new double[,] { { 0.434301827822, 2.466966646536, 1.481349233274, 0.954589521077 } }, runner.First("rand", 1, 4, 0.0, 1.0, "normal", 1.0, 7, 1.0), 1e-11);
        Cells.Close(new double[,] { { 2, 2, 4, 2, 6, 1 } }, runner.First("rand", 1, 6, 0.0, 1.0, "poisson", 1.0, 7, 2.0), 0);
        Cells.Close(new double[,] { { 0, 0, 0.151159600818, 0, 0, 0.592814355460 } }, runner.First("rand", 1, 6, 0.0, 1.0, "uniform", 0.3, 42, 1.0), 1e-11);
        Cells.Close(new double[,] { { 0, 1.223235513518, 0, -0.800142457369, 0.636804542836, 0 } }, runner.First("rand", 1, 6, 0.0, 1.0, "normal", 0.5, 42, 1.0), 1e-11);
        Cells.Close(new double[,] { { 6 }, { 8 }, { 5 }, { 3 }, { 2 } }, runner.First("sample", 10, 5, false, 42), 0);
        Cells.Close(new double[,] { { 4 }, { 1 }, { 4 }, { 2 }, { 3 }, { 1 }, { 1 }, { 1 } }, runner.First("sample", 4, 8, true, 42), 0);
        Assert.Equal(25085.046263906537, runner.First("rand", 1000, 1000, 0.0, 1.0, "uniform", 0.05, 3, 1.0).Cast<double>().Sum(), 1e-8);
        double[,] wide = runner.First("rand", 1500, 1200, 0.0, 1.0, "uniform", 1.0, 3, 1.0);
        Assert.Equal([0.688543936872, 0.163311049916, 0.207798222102, 0.389895917946], new[] { wide[0, 0], wide[1499, 0], wide[0, 1199], wide[1499, 1199] }, (a, b) => Math.Abs(a - b) < 1e-11);
    }
}

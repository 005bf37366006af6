using Keras2Dml.Network.Graph;
using Keras2Dml.Tests.Shared;

namespace Keras2Dml.Keras.Tests;

public sealed class NestedOptimizerTests
{
    [Fact]
    public void A_loss_scale_optimizer_is_read_with_the_optimizer_in_it()
    {
        NetworkModel model = KerasDocument.Load(Checkout.Golden("training/fit/opt_loss_scale.final.keras")).Model;
        Assert.Empty(model.TrainingProblems);
        Assert.Equal(["iteration 0", "learning_rate 0", "step_counter 3", "dynamic_scale 512", "iteration 18", "learning_rate 0.1"],
            model.Training!.OptimizerVariables.Select(v => $"{v.Name} {(float)v.Value.GetDouble(0)}"));
    }
}

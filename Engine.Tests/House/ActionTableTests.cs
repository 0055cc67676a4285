using System.Reflection;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ActionTableTests
{
    public static IEnumerable<Type> Executors =>
        typeof(BuiltInActions).Assembly.GetTypes().Where(type => typeof(IActionExecutor).IsAssignableFrom(type) && !type.IsAbstract);

    [TestCaseSource(nameof(Executors))]
    public void Every_executor_type_is_in_the_table_of_built_in_actions(Type executor)
    {
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var specs = executor.GetProperties(statics).Where(property => property.PropertyType == typeof(ActionSpec)).Select(property => (ActionSpec)property.GetValue(null)!).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(specs, Is.Not.Empty, "an executor has a static property of type ActionSpec, its row");
            Assert.That(specs, Is.SubsetOf(BuiltInActions.Table), "add it to BuiltInActions.Table");
        });
    }
}

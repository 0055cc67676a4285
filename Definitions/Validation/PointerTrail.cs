using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>Where a walk through a value is. Its steps are kept where something is found, and become text where something is said of it.</summary>
/// <remarks>A pointer as text for each container was 350 of 6,400 bytes an action (<c>load.actions-1000</c>).</remarks>
internal sealed class PointerTrail
{
    private PointerSteps _start = PointerSteps.None;
    private Level[] _levels = new Level[8];
    private int _count;

    /// <summary>One step, and what was made of it. It outlives the step: walks through like values take the same way, and share their steps.</summary>
    private record struct Level(string? Name, int Index, PointerSteps? Outer, PointerSteps? Steps);

    /// <summary>Starts a walk.</summary>
    /// <param name="start">Where it starts; walks from one start share their steps.</param>
    public void Start(PointerSteps start) => (_start, _count) = (start, 0);

    /// <summary>Goes into a member.</summary>
    public void Enter(string name)
    {
        ref var level = ref Next();
        if (!ReferenceEquals(level.Name, name)) level = new Level(name, 0, null, null);
    }

    /// <summary>Goes into an element.</summary>
    public void Enter(int index)
    {
        ref var level = ref Next();
        if (level.Name is not null || level.Index != index) level = new Level(null, index, null, null);
    }

    /// <summary>Goes back to what holds it.</summary>
    public void Leave() => _count--;

    /// <summary>The steps to where the walk is; all who ask at one place get the same.</summary>
    public PointerSteps Steps()
    {
        var steps = _start;
        for (var i = 0; i < _count; i++)
        {
            ref var level = ref _levels[i];
            if (level.Steps is null || !ReferenceEquals(level.Outer, steps))
                level = level with { Outer = steps, Steps = new PointerSteps(steps, level.Name ?? level.Index.ToString(CultureInfo.InvariantCulture)) };
            steps = level.Steps!; // made above
        }

        return steps;
    }

    private ref Level Next()
    {
        if (_count == _levels.Length) Array.Resize(ref _levels, 2 * _count);
        return ref _levels[_count++];
    }
}

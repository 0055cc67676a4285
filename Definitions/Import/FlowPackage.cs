namespace FlowEngine.Definitions;

/// <summary>An archive or a folder with flows: a package of Power Automate, a solution, a Standard project, or loose definition files.</summary>
public sealed class FlowPackage
{
    private FlowPackage(string source) => Source = source;

    /// <summary>The kinds of package, in the order in which they are tried.</summary>
    internal static IReadOnlyList<IPackageReader> Readers { get; } = [new PowerAutomatePackageReader(), new SolutionReader(), new StandardProjectReader(), new DefinitionFilesReader()];

    /// <summary>The archive or folder as given.</summary>
    public string Source { get; }

    /// <summary>What it is.</summary>
    public PackageKind Kind { get; private init; }

    /// <summary>Its flows; each has a name of its own.</summary>
    public IReadOnlyList<PackageFlow> Flows { get; private init; } = [];

    /// <summary>All its files.</summary>
    public IReadOnlyList<PackageFile> Files { get; private init; } = [];

    /// <summary>The connections that its flows refer to, where the package lists them.</summary>
    public IReadOnlyList<PackageConnection> Connections { get; private init; } = [];

    /// <summary>Parts that are no flows and look as if they were.</summary>
    public IReadOnlyList<SkippedPart> Skipped { get; private init; } = [];

    /// <summary>Why it can't be read; null where it can.</summary>
    public Diagnostic? Fault { get; private init; }

    /// <summary>Whether a path is a folder or a ZIP archive.</summary>
    public static bool IsPackage(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) return true;
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [(byte)'P', (byte)'K', 3 or 5 or 7, _];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Reading it as a file says why it can't be.
        }
    }

    /// <summary>Opens an archive or a folder.</summary>
    /// <exception cref="FileNotFoundException">There is neither. Every other fault is in <see cref="Fault"/>.</exception>
    public static FlowPackage Open(string path, DefinitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            if (Directory.Exists(path)) return Of(path, FolderReader.Read(path));
            var length = new FileInfo(path).Length;
            if (length > options.MaximumFileBytes)
                return new FlowPackage(path) { Fault = new PackageFault(DiagnosticCodes.TooLarge, $"The archive has {length:N0} bytes; more than {options.MaximumFileBytes:N0} bytes are not read.", path).ToDiagnostic() };
            return Of(path, new ArchiveReader(options.Archives).Read(File.ReadAllBytes(path), path));
        }
        catch (PackageFault fault)
        {
            return new FlowPackage(path) { Fault = fault.ToDiagnostic() };
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not FileNotFoundException)
        {
            return new FlowPackage(path) { Fault = new PackageFault(DiagnosticCodes.Unreadable, $"The file can't be read: {e.Message}", path).ToDiagnostic() };
        }
    }

    /// <summary>The flow that a name, an id or a file's name means, ignoring case; null where there is none.</summary>
    public PackageFlow? Find(string name) =>
        Flows.FirstOrDefault(flow => flow.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? Flows.FirstOrDefault(flow => flow.IsCalled(name));

    /// <summary>The bytes of one of its files.</summary>
    /// <exception cref="InvalidDataException">It can't be read, or is beyond a limit; the message says why.</exception>
    public static byte[] ReadBytes(PackageFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return file.Read();
        }
        catch (PackageFault fault)
        {
            throw new InvalidDataException($"{fault.Location}: {fault.Message}", fault);
        }
    }

    private static FlowPackage Of(string source, PackageFiles files)
    {
        var content = Readers.Select(reader => reader.Read(files)).First(read => read is not null)!; // The last reader takes everything.
        if (content.Flows.Count == 0)
        {
            var why = content.Skipped.Count > 0 ? $" '{content.Skipped[0].File}': {content.Skipped[0].Reason}" : string.Empty;
            throw new PackageFault(DiagnosticCodes.PackageWithoutFlow, $"There is no flow among the {files.All.Count:N0} files of it.{why}", source);
        }

        return new FlowPackage(source)
        {
            Kind = content.Kind,
            Flows = WithNames(content.Flows),
            Files = files.All,
            Connections = content.Connections,
            Skipped = content.Skipped,
        };
    }

    private static IReadOnlyList<PackageFlow> WithNames(IReadOnlyList<PackageFlow> flows)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. flows.Select(flow =>
        {
            var name = flow.Name;
            for (var number = 2; !taken.Add(name); number++) name = $"{flow.Name} ({number})";
            return name == flow.Name ? flow : new PackageFlow(flow.File, flow.Text, flow.Fault)
            {
                Name = name,
                Id = flow.Id,
                OtherIds = flow.OtherIds,
                Selector = flow.Selector,
                Values = flow.Values,
                Parameters = flow.Parameters,
                EnvironmentValues = flow.EnvironmentValues,
            };
        })];
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Xsl;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Transforms XML by a stylesheet of XSLT 1.0; scripts, <c>document()</c>, imports and document types are off.</summary>
/// <remarks>
/// Body: a content object of XML that begins with a byte order mark unless <c>DisableByteOrderMark</c> (documented), or text with <c>GenerateTextOutput</c>.
/// The runtime compiles stylesheets to code, so a binary that is compiled ahead of time can't run them. Codes of failures but MapNotFound are assumed.
/// </remarks>
internal sealed class XsltTransform
{
    private const string Failure = "XsltTransformFailed";

    // Compiling takes milliseconds; a plan's stylesheet is the same in every run. Replaced as a whole: runs share this object.
    private volatile CompiledStylesheet? _compiled;

    public FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new TransformException("XsltNotSupported", $"The action '{scope.Action.Name}' can't run here: stylesheets are compiled to code, which this ahead-of-time compiled program can't do. Use the 'flow' tool on .NET.");
        return Transform(scope, cancellation);
    }

    [RequiresDynamicCode("Compiles the stylesheet.")]
    private FlowValue Transform(RunScope scope, CancellationToken cancellation)
    {
        var map = TransformInputs.Map(scope, ".xslt");
        var content = TransformInputs.Xml(scope, Failure);
        var options = (scope.Inputs["transformOptions"].AsStringOrNull ?? string.Empty).Split(',', StringSplitOptions.TrimEntries);
        try
        {
            var stylesheet = Compile(map);
            var isText = options.Contains("GenerateTextOutput", StringComparer.OrdinalIgnoreCase);
            var mark = !isText && !options.Contains("DisableByteOrderMark", StringComparer.OrdinalIgnoreCase);
            using var output = new BoundedStream();
            using (var writer = XmlWriter.Create(output, Settings(stylesheet.OutputSettings!, mark, options))) // set once a stylesheet is loaded
                stylesheet.Transform(content, Arguments(scope.Inputs["xsltParameters"], cancellation), writer, null!); // null: nothing is resolved
            var bytes = output.ToArray();
            return FlowValue.Object(("body", isText ? FlowValue.String(Encoding.UTF8.GetString(bytes)) : BinaryContent.FromBytes(BinaryContent.Xml, bytes).ToValue()));
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (failure is XsltException or XmlException or InvalidOperationException or InsufficientExecutionStackException or TimeoutException or ArgumentException)
        {
            throw new TransformException(Failure, $"The transform of action '{scope.Action.Name}' failed: {(failure.InnerException ?? failure).Message}");
        }
    }

    [RequiresDynamicCode("Compiles the stylesheet.")]
    private XslCompiledTransform Compile(string map)
    {
        if (_compiled is { } compiled && compiled.Map == map) return compiled.Transform;
        var transform = new XslCompiledTransform();
        var stylesheet = SafeXml.Load(map.TrimStart('\uFEFF'), keepSpace: true);
        StylesheetGuard.Insert(stylesheet);
        transform.Load(stylesheet, XsltSettings.Default, null);
        _compiled = new CompiledStylesheet(map, transform);
        return transform;
    }

    private static XmlWriterSettings Settings(XmlWriterSettings ofStylesheet, bool mark, string[] options)
    {
        var settings = ofStylesheet.Clone();
        settings.Encoding = new UTF8Encoding(mark);
        settings.CloseOutput = false;
        if (options.Contains("ApplyXsltOutputAttributes", StringComparer.OrdinalIgnoreCase)) return settings;
        settings.OmitXmlDeclaration = false;
        settings.Indent = false;
        return settings;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The guard's method is kept by the attribute below; parameters are plain values.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(StylesheetGuard))]
    private static XsltArgumentList Arguments(FlowValue parameters, CancellationToken cancellation)
    {
        var arguments = new XsltArgumentList();
        arguments.AddExtensionObject(StylesheetGuard.Namespace, new StylesheetGuard(cancellation));
        if (parameters.AsObjectOrNull is not { } given) return arguments;
        foreach (var (name, value) in given)
        {
            object parameter = value.Kind switch
            {
                FlowValueKind.Boolean => value.AsBoolean,
                FlowValueKind.Integer => (double)value.AsInteger,
                FlowValueKind.Float => value.AsDouble,
                _ => value.AsStringOrNull ?? value.ToJson(),
            };
            arguments.AddParam(name, string.Empty, parameter);
        }

        return arguments;
    }

    private sealed record CompiledStylesheet(string Map, XslCompiledTransform Transform);

    private sealed class BoundedStream : MemoryStream
    {
        private const int MaxBytes = 104_857_600;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > MaxBytes) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The result is larger than {MaxBytes} bytes."));
            base.Write(buffer, offset, count);
        }
    }
}

package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.Source.Kind;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.land.aws.AwsCur;
import costlake.land.benefits.Benefits;
import costlake.land.focus.FocusExport;
import costlake.land.read.OtherExport;
import costlake.land.read.Relation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps each kind of source to the relation that its rows belong to. */
final class SourceKinds {
  private SourceKinds() {}

  /** The relation that a source's rows belong to; a source that is not configured has defaults. */
  static Relation relation(Config config, String sourceId, Kind kind) {
    return config.everySource().stream()
        .filter(source -> source.id().equals(sourceId) && source.kind() == kind)
        .findFirst()
        .map(SourceKinds::relation)
        .orElseGet(() -> relation(kind));
  }

  /** The relation of a kind with nothing configured. */
  static Relation relation(Kind kind) {
    return relation(kind, null, null, Map.of());
  }

  static Relation relation(Source source) {
    return relation(source.kind(), source.provider(), source.focusVersion(), source.columns());
  }

  private static Relation relation(
      Kind kind, @Nullable String provider, @Nullable String version, Map<String, String> columns) {
    return switch (kind) {
      case AWS_CUR -> new AwsCur();
      case FOCUS -> new FocusExport(provider, version);
      case BENEFITS -> new Benefits(columns);
      case PROMETHEUS -> throw new IllegalArgumentException("answers of Prometheus have no header");
    };
  }

  static Kind kind(String spelling) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.spelling().equals(spelling))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of source: " + spelling));
  }

  /** The kind that a header belongs to, where it is one that needs no configuration. */
  static Optional<Kind> recognise(List<String> header) {
    if (new AwsCur().recognises(header)) {
      return Optional.of(Kind.AWS_CUR);
    }
    return new FocusExport(null, null).recognises(header)
        ? Optional.of(Kind.FOCUS)
        : Optional.empty();
  }

  /** A message about a file that is no bill, from its header. */
  static Failure notRecognised(String file, List<String> header) {
    return Failure.operator(
        "%s",
        OtherExport.explain(header)
            .or(() -> FocusExport.missing(header))
            .map(why -> "Cannot read " + file + " as a bill: " + why)
            .orElseGet(() -> unknown(file, header)));
  }

  private static String unknown(String file, List<String> header) {
    List<String> shown = header.subList(0, Math.min(8, header.size()));
    return Message.of(
        """
        Cannot recognise %s: its columns begin with %s%s. Costlake reads AWS Cost and Usage Reports
        (with line_item_usage_start_date or lineItem/UsageStartDate) and FOCUS Cost and Usage (with
        BilledCost and ChargePeriodStart). If it is one of them, name the kind, e.g. --from aws-cur.
        """,
        file, String.join(", ", shown), header.size() > shown.size() ? ", ..." : "");
  }
}

package costlake.sample;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of each export, in the order of the export. */
final class ExportColumns {
  private static final Groups GROUPS = SampleFile.read("export_columns.yml", Groups.class);

  /** CUR 2.0. */
  static final List<ExportField> AWS = fields(GROUPS.aws()).toList();

  static final Map<String, Integer> AWS_POSITIONS = ExportField.positions(AWS);

  /** Cost and usage details of a Microsoft Customer Agreement. */
  static final List<ExportField> AZURE = fields(GROUPS.azure()).toList();

  /** FOCUS, as Google delivers it. */
  static final List<ExportField> GOOGLE = fields(GROUPS.google()).toList();

  private ExportColumns() {}

  /** Columns in order. Successive columns with values of the same kind are a group. */
  private record Groups(
      List<Map<String, List<String>>> aws,
      List<Map<String, List<String>>> azure,
      List<Map<String, List<String>>> google) {}

  private static Stream<ExportField> fields(List<Map<String, List<String>>> groups) {
    return groups.stream()
        .flatMap(group -> group.entrySet().stream())
        .flatMap(group -> group.getValue().stream().map(name -> field(group.getKey(), name)));
  }

  private static ExportField field(String kind, String name) {
    return new ExportField(name, ExportField.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
  }
}

package costlake.land.read;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the text that means null for a source, in each file format. */
class NullTextTest {
  @TempDir Path folder;

  private Path text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path avro() throws IOException {
    Schema schema =
        SchemaBuilder.record("Row").fields().requiredString("a").requiredString("b").endRecord();
    Path file = folder.resolve("rows.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      writer.append(new GenericRecordBuilder(schema).set("a", "Unassigned").set("b", "x").build());
    }
    return file;
  }

  private Path parquet() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message row { required binary a (STRING); required binary b (STRING); }");
    Path file = folder.resolve("rows.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      writer.write(
          new SimpleGroupFactory(schema).newGroup().append("a", "Unassigned").append("b", "x"));
    }
    return file;
  }

  private static FilePlan plan(Path file, List<FieldCheck> checks) {
    List<String> columns = TableFiles.columns(file);
    return new FilePlan(
        file.toString(),
        columns,
        Map.of(),
        checks,
        "Unassigned",
        List.of(),
        null,
        false,
        Layout.PLAIN,
        1_000,
        false,
        Set.of());
  }

  @Test
  void itIsNullInEveryFormat() throws IOException {
    for (Path file :
        List.of(
            text("rows.csv", "a,b\nUnassigned,x\n"),
            text("rows.jsonl", "{\"a\":\"Unassigned\",\"b\":\"x\"}\n"),
            avro(),
            parquet())) {
      FilePlan plan = plan(file, List.of(new FieldCheck(0, "a", FieldCheck.Rule.MONEY)));
      try (RowReader row = TableFiles.open(plan, plan.positions(), FileSlice.WHOLE)) {
        assertThat(row.next()).isTrue();
        assertThat(row.reject()).as(file.toString()).isNull();
        assertThat(row.text(0)).as(file.toString()).isNull();
        assertThat(row.text(1)).hasToString("x");
        assertThat(row.repairs()).as(file.toString()).containsExactly(FilePlan.LITERAL_NULL);
      }
    }
  }

  @Test
  void inQuotesOfACsvItIsText() throws IOException {
    FilePlan plan = plan(text("rows.csv", "a,b\n\"Unassigned\",x\n"), List.of());
    try (RowReader row = TableFiles.open(plan, plan.positions(), FileSlice.WHOLE)) {
      assertThat(row.next()).isTrue();
      assertThat(row.text(0)).hasToString("Unassigned");
    }
  }
}

package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes a Parquet file with Snappy. Numbers are doubles, as in the files of AWS and Google. */
final class ParquetSink implements RowSink {
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetWriter<Object[]> writer;

  ParquetSink(Path path, List<ExportField> fields) throws IOException {
    writer =
        new Builder(new LocalOutputFile(path), fields)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .build();
  }

  @Override
  public void write(Object[] values) throws IOException {
    writer.write(values);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final List<ExportField> fields;

    Builder(OutputFile file, List<ExportField> fields) {
      super(file);
      this.fields = fields;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
      return new Rows(fields);
    }

    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return new Rows(fields);
    }
  }

  private static final class Rows extends WriteSupport<Object[]> {
    private final List<ExportField> fields;
    private @Nullable RecordConsumer consumer;

    Rows(List<ExportField> fields) {
      this.fields = fields;
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return context();
    }

    private WriteContext context() {
      Types.MessageTypeBuilder message = Types.buildMessage();
      fields.forEach(field -> message.addField(type(field)));
      MessageType schema = message.named("bill");
      return new WriteContext(schema, Map.of());
    }

    private static Type type(ExportField field) {
      LogicalTypeAnnotation text = LogicalTypeAnnotation.stringType();
      return switch (field.kind()) {
        case TEXT -> Types.optional(PrimitiveTypeName.BINARY).as(text).named(field.name());
        case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(field.name());
        case TIME ->
            Types.optional(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                .named(field.name());
        case MAP ->
            Types.optionalMap()
                .key(Types.required(PrimitiveTypeName.BINARY).as(text).named("key"))
                .value(Types.optional(PrimitiveTypeName.BINARY).as(text).named("value"))
                .named(field.name());
      };
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(Object[] values) {
      consumer().startMessage();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          String name = fields.get(i).name();
          consumer().startField(name, i);
          value(values[i]);
          consumer().endField(name, i);
        }
      }
      consumer().endMessage();
    }

    private void value(Object value) {
      if (value instanceof String text) {
        consumer().addBinary(Binary.fromString(text));
      } else if (value instanceof BigDecimal number) {
        consumer().addDouble(number.doubleValue());
      } else if (value instanceof Instant time) {
        consumer().addLong(time.toEpochMilli());
      } else if (value instanceof Map<?, ?> map) {
        map(map);
      } else {
        throw new IllegalArgumentException("No column holds a " + value.getClass());
      }
    }

    private void map(Map<?, ?> map) {
      consumer().startGroup();
      if (!map.isEmpty()) {
        consumer().startField("key_value", 0);
        map.forEach(
            (key, value) -> {
              consumer().startGroup();
              entry("key", 0, key.toString());
              entry("value", 1, value.toString());
              consumer().endGroup();
            });
        consumer().endField("key_value", 0);
      }
      consumer().endGroup();
    }

    private RecordConsumer consumer() {
      return Objects.requireNonNull(consumer, "consumer");
    }

    private void entry(String name, int index, String text) {
      consumer().startField(name, index);
      consumer().addBinary(Binary.fromString(text));
      consumer().endField(name, index);
    }
  }
}

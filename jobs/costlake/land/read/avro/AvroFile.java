package costlake.land.read.avro;

import costlake.land.read.rows.FileSlice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * The structure of an Avro object container file: its schema and the positions of its blocks. Only
 * the lengths in the file are read, so that truncation is found before anything is decoded.
 *
 * @param schema schema of a record
 */
record AvroFile(Schema schema, List<Block> blocks) {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MARKER_BYTES = 16;
  private static final String SCHEMA = "avro.schema";

  /**
   * A block of rows.
   *
   * @param before number of rows in all earlier blocks
   */
  record Block(long start, long bytes, long before, long rows) {}

  AvroFile {
    blocks = List.copyOf(blocks);
  }

  static AvroFile of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Frame frame = new Frame(in, Files.size(file));
      frame.begin();
      Schema schema = schema(frame.schema);
      return new AvroFile(schema, frame.blocks());
    }
  }

  /** Parses the schema as leniently as {@link org.apache.avro.file.DataFileStream} does. */
  private static Schema schema(String json) throws IOException {
    try {
      Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
      Schema schema = parser.setValidateDefaults(false).parse(json);
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IOException("its schema is no record but " + schema.getType().getName());
      }
      return schema;
    } catch (AvroRuntimeException e) {
      throw new IOException("its schema cannot be read: " + e.getMessage(), e);
    }
  }

  List<Schema.Field> fields() {
    return schema.getFields();
  }

  List<FileSlice.Part> parts() {
    return blocks.stream().map(block -> new FileSlice.Part(block.start(), block.bytes())).toList();
  }

  /** Reads the lengths in a file. */
  private static final class Frame {
    private static final int BITS_MAX = 64;
    private static final int BITS = 7;

    private final InputStream in;
    private final long size;
    private long position;
    private String schema = "";
    private byte[] marker = {};

    Frame(InputStream in, long size) {
      this.in = in;
      this.size = size;
    }

    void begin() throws IOException {
      if (size < MAGIC.length || !Arrays.equals(bytes(MAGIC.length), MAGIC)) {
        throw new IOException("it is not an Avro file");
      }
      for (long entries = number(); entries != 0; entries = number()) {
        if (entries < 0) {
          number();
        }
        for (long i = Math.abs(entries); i > 0; i--) {
          String key = text();
          String value = text();
          schema = key.equals(SCHEMA) ? value : schema;
        }
      }
      marker = bytes(MARKER_BYTES);
    }

    List<Block> blocks() throws IOException {
      List<Block> blocks = new ArrayList<>();
      long before = 0;
      while (position < size) {
        long start = position;
        long rows = number();
        long bytes = number();
        if (rows < 0) {
          throw new IOException("its block at byte " + start + " has a wrong length");
        }
        skip(bytes);
        if (!Arrays.equals(bytes(MARKER_BYTES), marker)) {
          throw new IOException("its block at byte " + start + " does not end where it should");
        }
        blocks.add(new Block(start, position - start, before, rows));
        before += rows;
      }
      return blocks;
    }

    private String text() throws IOException {
      return new String(bytes(number()), StandardCharsets.UTF_8);
    }

    private byte[] bytes(long count) throws IOException {
      require(count);
      position += count;
      return in.readNBytes((int) count);
    }

    private void skip(long count) throws IOException {
      require(count);
      position += count;
      in.skipNBytes(count);
    }

    private void require(long count) throws IOException {
      if (count < 0 || count > Math.min(size - position, Integer.MAX_VALUE)) {
        throw new IOException("it ends in the middle of a block or is damaged before its end");
      }
    }

    /** Reads a number in zigzag coding, the lowest seven bits first. */
    private long number() throws IOException {
      long value = 0;
      int shift = 0;
      int next = 0x80;
      while ((next & 0x80) != 0) {
        require(1);
        position++;
        next = in.read();
        value |= (next & 0x7FL) << shift;
        shift += BITS;
        if (shift > BITS_MAX + BITS) {
          throw new IOException("a length in it is damaged");
        }
      }
      return (value >>> 1) ^ -(value & 1);
    }
  }
}

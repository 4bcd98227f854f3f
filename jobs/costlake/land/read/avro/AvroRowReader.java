package costlake.land.read.avro;

import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.TextRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads the rows of an Avro object container file, or of some of its blocks. */
final class AvroRowReader extends TextRows {
  private final DataFileReader<Object> data;
  private final Iterator<AvroFile.Block> blocks;
  private final List<Schema> schemas;
  private final List<AvroText> types;
  private final boolean[] rounded;
  private BinaryDecoder block;
  private long left;
  private long number;

  private AvroRowReader(
      FilePlan file,
      Set<Integer> wanted,
      AvroFile frame,
      List<AvroText> types,
      FileSlice slice,
      DataFileReader<Object> data) {
    super(file, wanted, file.checks().stream().filter(c -> c.rule().money()).toList());
    this.data = data;
    this.blocks = frame.blocks().stream().filter(one -> slice.has(one.start())).iterator();
    this.schemas = frame.fields().stream().map(Schema.Field::schema).toList();
    this.types = types;
    this.rounded = new boolean[file.width()];
    this.block = DecoderFactory.get().binaryDecoder(new byte[0], null);
  }

  /**
   * Opens a file.
   *
   * @param wanted positions of the fields to read, in addition to the fields of checks
   * @param slice the blocks to read
   */
  static AvroRowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice)
      throws IOException {
    Path path = Path.of(file.path());
    AvroFile frame = AvroFile.of(path);
    List<AvroText> types = new ArrayList<>();
    for (Schema.Field field : frame.fields()) {
      types.add(AvroText.of(field.schema()));
    }
    try {
      return new AvroRowReader(
          file,
          wanted,
          frame,
          types,
          slice,
          new DataFileReader<>(path.toFile(), new GenericDatumReader<>()));
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        if (!block.isEnd()) {
          throw new IOException("a block of it is longer than its rows");
        }
        if (!blocks.hasNext()) {
          return false;
        }
        begin(blocks.next());
      }
      readRow();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "a block of it cannot be decoded"
              + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
          e);
    }
    left--;
    number++;
    check();
    return true;
  }

  private void begin(AvroFile.Block next) throws IOException {
    left = next.rows();
    number = next.before();
    if (left > 0) {
      data.seek(next.start());
      ByteBuffer bytes = data.nextBlock();
      block =
          DecoderFactory.get()
              .binaryDecoder(
                  bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), null);
    }
  }

  private void readRow() throws IOException {
    clear();
    for (int i = 0; i < types.size(); i++) {
      if (isRead(i)) {
        AvroText.Value value = types.get(i).read(block);
        set(i, value == null ? null : value.text());
        rounded[i] = value != null && value.rounded();
      } else {
        GenericDatumReader.skip(schemas.get(i), block);
      }
    }
  }

  @Override
  public boolean isRounded(int field) {
    return rounded[field];
  }

  @Override
  public boolean isInstant(int field) {
    return AvroText.isInstant(schemas.get(field));
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}

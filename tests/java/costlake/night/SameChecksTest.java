package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.convert.Convert;
import costlake.convert.ConvertReport;
import costlake.convert.ConvertRequest;
import costlake.convert.FocusVersion;
import costlake.core.Failure;
import costlake.core.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Convert, land and a night refuse the same bad files. */
@Tag("night")
class SameChecksTest {
  private static final String LIMITS = "limits: {record_size_mib_max: 1, duplicate_rows: refuse}\n";

  @TempDir Path folder;
  private TinyCompany company;
  private Path bill;
  private int conversions;

  @BeforeEach
  void makeCompany() {
    company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/costlake.yml", LIMITS);
    company.deliver("20");
    bill = company.file("exports/aws/2026-09/bill.csv");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }

  private String convert() {
    ConvertRequest request =
        new ConvertRequest(
            List.of(bill.getParent()),
            Optional.empty(),
            folder.resolve("out-" + conversions++),
            ConvertRequest.Format.PARQUET,
            FocusVersion.V1_4);
    ConvertReport report =
        Convert.run(company.session(), company.config(), request, Progress.SILENT);
    report.requireTied();
    assertThatThrownBy(report::requireWhole).isInstanceOfSatisfying(Failure.class, this::isData);
    return report.rejects().get(0).reason();
  }

  private void isData(Failure failure) {
    assertThat(failure.family()).isEqualTo(Failure.Family.DATA);
  }

  private void refused(ThrowingCallable command, String why) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(Failure.class, this::isData)
        .hasMessageContaining(why);
  }

  private void landAndNightRefuse(String why) {
    refused(
        () ->
            LandRun.run(
                company.session(), company.config(), "aws-payer", Set.of(), Progress.SILENT),
        why);
    refused(company::night, why);
    assertThat(company.lake().publication()).isEmpty();
  }

  private void allRefuse(String why) {
    refused(this::convert, why);
    landAndNightRefuse(why);
  }

  @Test
  void isRefusedByAllThreeForTheSameReason() throws IOException {
    byte[] good = Files.readAllBytes(bill);
    Path zipped = bill.resolveSibling("bill.csv.gz");
    Files.write(zipped, gzip(good));
    allRefuse("are the same once decompressed, so every row would count twice");

    Files.delete(bill);
    byte[] second = gzip(good);
    second[1] = 0;
    Files.write(zipped, second, java.nio.file.StandardOpenOption.APPEND);
    allRefuse("there are bytes that are not a gzip member");

    Files.delete(zipped);
    Files.write(bill, good);
    List<String> lines = Files.readAllLines(bill);
    Files.write(bill, List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(1)));
    allRefuse("1 of its rows, with a cost of 10.5, repeats an earlier row (in every column)");

    String longTeam = lines.get(2) + "x".repeat(1 << 20);
    Files.write(bill, List.of(lines.get(0), lines.get(1), longTeam));
    String tooLong = "a record longer than 1048576 bytes, which is limits.record_size_mib_max";
    assertThat(convert()).contains(tooLong);
    landAndNightRefuse(tooLong);
  }
}

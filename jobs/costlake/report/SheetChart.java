package costlake.report;

import costlake.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A chart of upright bars in a workbook: months in column A and their cost in column B. The library
 * that writes workbooks has no charts, so their parts are added to the file that it wrote.
 *
 * @param sheet name of the sheet
 * @param first first row of the months, from 0
 * @param last last row of the months
 */
record SheetChart(String sheet, String title, int first, int last) {
  private static final String CORE = "docProps/core.xml";

  /** The time of every part in the file. It is the first that the format can state. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/";
  private static final String TYPES = "application/vnd.openxmlformats-officedocument.";

  /**
   * Returns the workbook with these charts, the first on its first sheet, the second on its second
   * sheet and so on.
   */
  static byte[] added(byte[] workbook, List<SheetChart> charts) {
    try {
      Map<String, byte[]> parts = read(workbook);
      for (int i = 0; i < charts.size(); i++) {
        charts.get(i).add(parts, i + 1);
      }
      parts.computeIfPresent(CORE, (name, core) -> withoutTime(core));
      return written(parts);
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot add charts to a workbook: %s", e.getMessage());
    }
  }

  /** Removes the time of writing, so that the same statement always gives the same bytes. */
  private static byte[] withoutTime(byte[] core) {
    String text = new String(core, StandardCharsets.UTF_8);
    return text.replaceAll("<dcterms:created[^>]*>[^<]*</dcterms:created>", "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> read(byte[] workbook) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipFile zip = ZipFile.builder().setByteArray(workbook).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return parts;
  }

  private static byte[] written(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        ZipEntry entry = new ZipEntry(part.getKey());
        entry.setTimeLocal(ALWAYS);
        zip.putNextEntry(entry);
        zip.write(part.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private void add(Map<String, byte[]> parts, int number) {
    put(parts, "xl/charts/chart%d.xml".formatted(number), chart());
    put(parts, "xl/drawings/drawing%d.xml".formatted(number), drawing());
    put(
        parts,
        "xl/drawings/_rels/drawing%d.xml.rels".formatted(number),
        relation("chart", "../charts/chart%d.xml".formatted(number)));
    put(
        parts,
        "xl/worksheets/_rels/sheet%d.xml.rels".formatted(number),
        relation("drawing", "../drawings/drawing%d.xml".formatted(number)));
    before(
        parts,
        "xl/worksheets/sheet%d.xml".formatted(number),
        "</worksheet>",
        "<drawing xmlns:r=\"%s\" r:id=\"rId1\"/>".formatted(OFFICE));
    before(parts, "[Content_Types].xml", "</Types>", types(number));
  }

  private static void put(Map<String, byte[]> parts, String name, String xml) {
    parts.put(name, (HEAD + xml).getBytes(StandardCharsets.UTF_8));
  }

  private static void before(Map<String, byte[]> parts, String name, String end, String addition) {
    String xml = new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    int at = xml.lastIndexOf(end);
    if (at < 0) {
      throw Failure.internal("The workbook has no %s with %s", name, end);
    }
    String longer = xml.substring(0, at) + addition + xml.substring(at);
    parts.put(name, longer.getBytes(StandardCharsets.UTF_8));
  }

  private static String types(int number) {
    return """
        <Override PartName="/xl/drawings/drawing%1$d.xml" ContentType="%2$sdrawing+xml"/>\
        <Override PartName="/xl/charts/chart%1$d.xml" ContentType="%2$sdrawingml.chart+xml"/>"""
        .formatted(number, TYPES);
  }

  private static String relation(String kind, String target) {
    return """
        <Relationships xmlns="%s"><Relationship Id="rId1" Type="%s/%s" Target="%s"/></Relationships>"""
        .formatted(PACKAGE, OFFICE, kind, target);
  }

  /** Places the chart to the right of the months, below the kinds of cost. */
  private String drawing() {
    return """
        <xdr:wsDr xmlns:xdr="%1$sspreadsheetDrawing" xmlns:a="%1$smain"><xdr:twoCellAnchor>\
        <xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%2$d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
        <xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%3$d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
        <xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="%4$s" descr="%4$s"/><xdr:cNvGraphicFramePr/>\
        </xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>\
        <a:graphicData uri="%1$schart"><c:chart xmlns:c="%1$schart" xmlns:r="%5$s" r:id="rId1"/></a:graphicData>\
        </a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
        .formatted(DRAWINGS, first - 1, first + 15, escaped(title), OFFICE);
  }

  private String chart() {
    return """
        <c:chartSpace xmlns:c="%1$schart" xmlns:a="%1$smain"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>\
        <a:t>%2$s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea>\
        <c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser>\
        <c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>%3$s$B$%6$d</c:f></c:strRef></c:tx><c:spPr><a:solidFill>\
        <a:srgbClr val="0B5D5E"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:numRef>\
        <c:f>%3$s$A$%4$d:$A$%5$d</c:f></c:numRef></c:cat><c:val><c:numRef><c:f>%3$s$B$%4$d:$B$%5$d</c:f></c:numRef></c:val>\
        </c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling>\
        <c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>\
        <c:numFmt formatCode="yyyy\\-mm" sourceLinked="0"/><c:tickLblPos val="low"/><c:crossAx val="2"/></c:catAx><c:valAx>\
        <c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>\
        <c:numFmt formatCode="#,##0" sourceLinked="0"/><c:crossAx val="1"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/>\
        </c:chart></c:chartSpace>"""
        .formatted(
            DRAWINGS,
            escaped(title),
            "'" + escaped(sheet.replace("'", "''")) + "'!",
            first + 1,
            last + 1,
            first);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}

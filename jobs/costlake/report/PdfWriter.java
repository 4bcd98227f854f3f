package costlake.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import costlake.core.Failure;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Writes pages as tagged PDF/A-3a that also conforms to PDF/UA. The same pages always give the same
 * bytes.
 */
final class PdfWriter {
  private static final String PRODUCER = "Costlake";
  static final String SANS = "/liberation/LiberationSans-";
  static final String DEJAVU = "/net/sf/jasperreports/fonts/dejavu/DejaVuSans";
  private static final byte[] COLOURS = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

  static {
    XRLog.setLoggingEnabled(false);
  }

  /**
   * Renders the pages and attaches the sheets as files. Writes {@code day} as the time of creation,
   * because the real time would differ between renders.
   */
  byte[] pdf(String html, String title, LocalDate day, List<Sheet> sheets, int edition) {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.usePdfUaAccessibility(true);
    builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_3_A);
    builder.useColorProfile(COLOURS);
    builder.useSVGDrawer(new BatikSVGDrawer());
    builder.useUnicodeLineBreaker(new LineBreaks());
    builder.withProducer(PRODUCER);
    RightToLeft.order(builder, html, edition);
    builder.withHtmlContent(html, null);
    try (PDDocument document = new PDDocument();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      builder.usePDDocument(document);
      fonts(builder, document);
      try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
        renderer.createPDFWithoutClosing();
      }
      setMetadata(document, title, day);
      attach(document, sheets, creationTime(day));
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot render the PDF '%s': %s", title, e.getMessage());
    }
  }

  private static void fonts(PdfRendererBuilder builder, PDDocument document) {
    font(builder, document, SANS + "Regular.ttf", "Liberation Sans", 400);
    font(builder, document, SANS + "Bold.ttf", "Liberation Sans", 700);
    font(builder, document, DEJAVU + ".ttf", "DejaVu Sans", 400);
    font(builder, document, DEJAVU + "-Bold.ttf", "DejaVu Sans", 700);
  }

  private static void font(
      PdfRendererBuilder builder, PDDocument document, String resource, String family, int weight) {
    builder.useFont(
        new PDFontSupplier(withoutLigatures(document, resource)),
        family,
        weight,
        FontStyle.NORMAL,
        true);
    builder.useFont(
        () -> open(resource),
        family,
        weight,
        FontStyle.NORMAL,
        true,
        EnumSet.of(FSFontUseCase.SVG));
  }

  /**
   * Loads a font and turns off its ligatures. The search for ligatures took two fifths of the time
   * to render a statement, and Liberation Sans has no ligatures for the Latin script.
   */
  private static PDFont withoutLigatures(PDDocument document, String resource) {
    try {
      TrueTypeFont font =
          new TTFParser().parse(RandomAccessReadBuffer.createBufferFromStream(open(resource)));
      font.setEnableGsub(false);
      return PDType0Font.load(document, font, true);
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot read the font %s", resource);
    }
  }

  static InputStream open(String resource) {
    InputStream in = PdfWriter.class.getResourceAsStream(resource);
    if (in == null) {
      throw Failure.internal("Missing font on the class path: %s", resource);
    }
    return in;
  }

  private static void setMetadata(PDDocument document, String title, LocalDate day)
      throws IOException {
    GregorianCalendar creationTime = creationTime(day);
    PDDocumentInformation info = new PDDocumentInformation();
    info.setTitle(title);
    info.setProducer(PRODUCER);
    info.setCreationDate(creationTime);
    info.setModificationDate(creationTime);
    document.setDocumentInformation(info);
    document.setDocumentId((long) title.hashCode());
    PDMetadata metadata = new PDMetadata(document);
    metadata.importXMPMetadata(xmp(title, day).getBytes(StandardCharsets.UTF_8));
    document.getDocumentCatalog().setMetadata(metadata);
  }

  private static GregorianCalendar creationTime(LocalDate day) {
    GregorianCalendar creationTime = GregorianCalendar.from(day.atStartOfDay(ZoneOffset.UTC));
    creationTime.setTimeZone(TimeZone.getTimeZone("UTC"));
    return creationTime;
  }

  /**
   * Attaches each sheet as a CSV file with the relationship to the document that PDF/A-3 requires.
   */
  private static void attach(
      PDDocument document, List<Sheet> sheets, GregorianCalendar creationTime) throws IOException {
    Map<String, PDComplexFileSpecification> files = new TreeMap<>();
    COSArray associated = new COSArray();
    for (Sheet sheet : sheets) {
      byte[] csv = sheet.csv();
      PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(csv));
      file.setSubtype("text/csv");
      file.setSize(csv.length);
      file.setModDate(creationTime);
      PDComplexFileSpecification entry = new PDComplexFileSpecification();
      entry.setFile(sheet.name() + ".csv");
      entry.setFileUnicode(sheet.name() + ".csv");
      entry.setFileDescription("Rows of reporting." + sheet.name() + " of this statement");
      entry.setEmbeddedFile(file);
      entry.setEmbeddedFileUnicode(file);
      entry.getCOSObject().setName("AFRelationship", "Data");
      files.put(sheet.name() + ".csv", entry);
      associated.add(entry);
    }
    if (!files.isEmpty()) {
      PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
      tree.setNames(files);
      PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
      names.setEmbeddedFiles(tree);
      document.getDocumentCatalog().setNames(names);
      document.getDocumentCatalog().getCOSObject().setItem("AF", associated);
    }
  }

  private static String xmp(String title, LocalDate day) {
    String escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String creationTime = day + "T00:00:00Z";
    return """
    <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
     xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"\
     xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
    <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
    <pdf:Producer>%s</pdf:Producer>
    <xmp:CreateDate>%s</xmp:CreateDate>
    <xmp:ModifyDate>%s</xmp:ModifyDate>
    <pdfaid:part>3</pdfaid:part>
    <pdfaid:conformance>A</pdfaid:conformance>
    </rdf:Description>
    %s
    </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="r"?>\
    """
        .formatted(escaped, PRODUCER, creationTime, creationTime, ACCESSIBLE);
  }

  /**
   * Declares conformance to PDF/UA. Also describes the property that declares it, because PDF/A
   * does not define this property.
   */
  private static final String ACCESSIBLE =
      """
      <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
      <pdfuaid:part>1</pdfuaid:part>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
       xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
       xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
      <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
      </rdf:li></rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>
      </rdf:Description>\
      """;
}

package dev.starling.crawler.web.api;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import java.util.Optional;

/// A QR code as a picture that scales: dark modules on a light ground, whatever the page's colours.
final class QrSvg {

    /// Light modules around the code, as the standard wants.
    private static final int BORDER = 4;

    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(
                    EncodeHintType.MARGIN,
                    BORDER,
                    EncodeHintType.ERROR_CORRECTION,
                    ErrorCorrectionLevel.M);

    private QrSvg() {}

    /// Empty where the text is too long for a code.
    static Optional<String> of(String text) {
        BitMatrix modules;
        try {
            modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, HINTS);
        } catch (WriterException e) {
            return Optional.empty();
        }
        int size = modules.getWidth();
        var path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (modules.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return Optional.of(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" \
                shape-rendering="crispEdges"><rect width="%d" height="%d" fill="#fff"/>\
                <path d="%s" fill="#000"/></svg>
                """
                        .formatted(size, size, size, size, path));
    }
}

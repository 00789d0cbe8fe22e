/// The camera, which looks for the office's QR code.
library;

import 'package:flutter/material.dart';
import 'package:mobile_scanner/mobile_scanner.dart';

import '../contract/pairing.dart';
import '../l10n/app_localizations.dart';

/// Closes with a [PairingOffer]; other codes are passed over.
class ScanPage extends StatefulWidget {
  const ScanPage({super.key});

  @override
  State<ScanPage> createState() => _ScanPageState();
}

class _ScanPageState extends State<ScanPage> {
  final _camera = MobileScannerController(formats: const [BarcodeFormat.qrCode]);

  /// The camera sees the same code many times a second.
  bool _isDone = false;

  @override
  void dispose() {
    // Nobody waits for the camera to be off.
    _camera.dispose().ignore();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(words.scanTitle)),
      body: Column(
        children: [
          Expanded(child: MobileScanner(controller: _camera, onDetect: _look)),
          Padding(padding: const EdgeInsets.all(24), child: Text(words.scanHint, textAlign: TextAlign.center)),
        ],
      ),
    );
  }

  void _look(BarcodeCapture seen) {
    final offers = seen.barcodes.map((code) => PairingOffer.fromLink(code.rawValue ?? '')).nonNulls;
    if (!_isDone && offers.isNotEmpty) {
      _isDone = true;
      Navigator.of(context).pop(offers.first);
    }
  }
}

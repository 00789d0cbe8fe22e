/// Pairing: scan the office's QR code, or type address and code.
library;

import 'package:flutter/material.dart';

import '../contract/errors.dart';
import '../contract/json.dart';
import '../contract/pairing.dart';
import '../l10n/app_localizations.dart';
import '../scope.dart';
import 'scan_page.dart';

class PairPage extends StatefulWidget {
  const PairPage({super.key, this.offer});

  /// Already filled in.
  final PairingOffer? offer;

  @override
  State<PairPage> createState() => _PairPageState();
}

class _PairPageState extends State<PairPage> {
  late final _service = TextEditingController(text: widget.offer?.service.toString() ?? _defaultService);
  late final _code = TextEditingController(text: widget.offer?.code ?? '');
  String _problem = '';
  bool _isBusy = false;

  /// An office may build the app with its address: `--dart-define=SERVICE=https://…`.
  static const _defaultService = String.fromEnvironment('SERVICE');

  @override
  void dispose() {
    _service.dispose();
    _code.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final wasWiped = PhoneScope.of(context).phone.wasWiped;
    return Scaffold(
      appBar: AppBar(title: Text(words.pairTitle)),
      body: SafeArea(
        child: ListView(
          padding: const EdgeInsets.all(24),
          children: [
            Text(wasWiped ? words.pairAgain : words.pairIntro, style: Theme.of(context).textTheme.bodyLarge),
            const SizedBox(height: 24),
            FilledButton.icon(
              onPressed: _isBusy ? null : _scan,
              icon: const Icon(Icons.qr_code_scanner),
              label: Text(words.pairScan),
            ),
            const SizedBox(height: 32),
            TextField(
              controller: _service,
              keyboardType: TextInputType.url,
              autocorrect: false,
              decoration: InputDecoration(labelText: words.pairService),
            ),
            const SizedBox(height: 16),
            TextField(
              controller: _code,
              textCapitalization: TextCapitalization.characters,
              autocorrect: false,
              decoration: InputDecoration(
                labelText: words.pairCode,
                errorText: _problem.isEmpty ? null : _problem,
                errorMaxLines: 4,
              ),
            ),
            const SizedBox(height: 16),
            OutlinedButton(onPressed: _isBusy ? null : _type, child: Text(words.pairConnect)),
          ],
        ),
      ),
    );
  }

  Future<void> _scan() async {
    final offer = await Navigator.of(context).push<PairingOffer>(
      MaterialPageRoute(builder: (_) => const ScanPage()),
    );
    if (offer != null && mounted) {
      await _pair(offer);
    }
  }

  Future<void> _type() async {
    final offer = PairingOffer.typed(_service.text, _code.text);
    if (offer == null) {
      setState(() => _problem = AppLocalizations.of(context).pairIncomplete);
    } else {
      await _pair(offer);
    }
  }

  Future<void> _pair(PairingOffer offer) async {
    final scope = PhoneScope.read(context);
    setState(() => _isBusy = true);
    final problem = await _problemOf(() async => scope.phone.pair(offer, await scope.native.device()));
    if (mounted) {
      setState(() {
        _isBusy = false;
        _problem = problem;
      });
    }
    if (problem.isEmpty) {
      await scope.notices.ask();
    }
  }

  /// Empty where it went well.
  Future<String> _problemOf(Future<void> Function() pair) async {
    final words = AppLocalizations.of(context);
    try {
      await pair();
      return '';
    } on Unreachable {
      return words.pairUnreachable;
    } on AgentApiError catch (error) {
      return error.message;
    } on ContractBroken {
      return words.pairNotAService;
    }
  }
}

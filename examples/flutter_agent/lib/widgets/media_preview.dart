/// A file of a task: the picture itself, or the name and length of a video.
library;

import 'dart:io';

import 'package:flutter/material.dart';

import '../contract/task_parts.dart';
import '../l10n/app_localizations.dart';

class MediaPreview extends StatelessWidget {
  const MediaPreview(this.asset, {super.key, required this.path});

  final TaskAsset asset;

  /// Null until it is downloaded.
  final String? path;

  @override
  Widget build(BuildContext context) {
    final file = path;
    return Padding(
      padding: const EdgeInsets.all(16),
      child: Center(
        child: ConstrainedBox(
          // The words below it are to be seen, too.
          constraints: const BoxConstraints(maxHeight: 280),
          child: AspectRatio(
            aspectRatio: _ratio(),
            child: switch (file) {
              null => const Center(child: CircularProgressIndicator()),
              _ when asset.isVideo => _Video(asset),
              final String found => Image.file(File(found), fit: BoxFit.contain, semanticLabel: asset.alt),
            },
          ),
        ),
      ),
    );
  }

  /// Width to height; a square where the service does not say.
  double _ratio() {
    final (width, height) = (asset.widthPx ?? 0, asset.heightPx ?? 0);
    return width > 0 && height > 0 ? width / height : 1;
  }
}

class _Video extends StatelessWidget {
  const _Video(this.asset);

  final TaskAsset asset;

  @override
  Widget build(BuildContext context) => Center(
    child: Column(
      mainAxisSize: MainAxisSize.min,
      children: [
        const Icon(Icons.movie_outlined, size: 72),
        Text(AppLocalizations.of(context).videoSeconds((asset.durationS ?? 0).round())),
      ],
    ),
  );
}

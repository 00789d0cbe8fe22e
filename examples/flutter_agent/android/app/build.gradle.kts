import java.util.Properties

plugins {
    id("com.android.application")
    id("com.google.gms.google-services") // reads google-services.json
    id("kotlin-android")
    // After the Android and Kotlin plugins.
    id("dev.flutter.flutter-gradle-plugin")
}

// The key to sign with; without the file a release is signed as a debug build, good for a try.
val keyFile = rootProject.file("key.properties")
val key = Properties().apply { if (keyFile.exists()) keyFile.inputStream().use(::load) }

android {
    namespace = "com.example.postengine_agent"
    compileSdk = 36
    ndkVersion = flutter.ndkVersion

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
        isCoreLibraryDesugaringEnabled = true // for flutter_local_notifications
    }

    kotlinOptions {
        jvmTarget = JavaVersion.VERSION_11.toString()
    }

    defaultConfig {
        applicationId = "com.example.postengine_agent"
        minSdk = 29 // Android 10: files go to the gallery without a permission
        targetSdk = 35
        versionCode = flutter.versionCode
        versionName = flutter.versionName
        // The host whose links to tasks open this app: -PserviceHost=posts.example.com
        manifestPlaceholders["serviceHost"] = providers.gradleProperty("serviceHost").getOrElse("posts.example.com")
    }

    signingConfigs {
        if (keyFile.exists()) {
            create("release") {
                keyAlias = key.getProperty("keyAlias")
                keyPassword = key.getProperty("keyPassword")
                storeFile = file(key.getProperty("storeFile"))
                storePassword = key.getProperty("storePassword")
            }
        }
    }

    buildTypes {
        release {
            signingConfig = signingConfigs.getByName(if (keyFile.exists()) "release" else "debug")
        }
    }
}

flutter {
    source = "../.."
}

dependencies {
    coreLibraryDesugaring("com.android.tools:desugar_jdk_libs:2.1.4")
}

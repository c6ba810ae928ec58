//! A certificate authority for one run, and the platform's certificate by it.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

use super::StartError;

/// The host names under which the platform is known.
const HOSTS: [&str; 6] = [
    "discord.com",
    "gateway.discord.gg",
    "cdn.discordapp.com",
    "media.discordapp.net",
    "localhost",
    "127.0.0.1",
];

/// What serves TLS, and the authority's certificate that a client has to trust.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    pub(crate) ca_pem: String,
}

impl Tls {
    pub(crate) fn new() -> Result<Self, StartError> {
        let wrong = |why: &dyn std::fmt::Display| StartError::Tls(why.to_string());
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority
            .distinguished_name
            .push(DnType::CommonName, "a fake platform");
        let key = KeyPair::generate().map_err(|why| wrong(&why))?;
        let issuer = CertifiedIssuer::self_signed(authority, key).map_err(|why| wrong(&why))?;

        let leaf = CertificateParams::new(HOSTS.map(str::to_owned)).map_err(|why| wrong(&why))?;
        let leaf_key = KeyPair::generate().map_err(|why| wrong(&why))?;
        let certificate = leaf
            .signed_by(&leaf_key, &issuer)
            .map_err(|why| wrong(&why))?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| wrong(&why))?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .map_err(|why| wrong(&why))?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_pem: issuer.pem(),
        })
    }
}

//! A certificate authority for one run, and the platform's certificate by it.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
    KeyUsagePurpose,
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

/// The platform's certificate for one run, for a server that somebody else wrote. Everything is PEM.
#[derive(Clone, Debug)]
pub struct Papers {
    /// The authority's certificate, which a client has to trust.
    pub authority: String,
    /// The platform's own certificate, by that authority.
    pub certificate: String,
    /// The key of that certificate.
    pub key: String,
}

impl Papers {
    /// Makes an authority and has it vouch for the platform's names.
    ///
    /// # Errors
    ///
    /// [`StartError::Tls`] when the machine's library makes no key.
    pub fn new() -> Result<Self, StartError> {
        let (issuer, certificate, key) = signed()?;
        Ok(Self {
            authority: issuer.pem(),
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        })
    }
}

/// What serves TLS, and the authority's certificate that a client has to trust.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    pub(crate) ca_pem: String,
}

impl Tls {
    pub(crate) fn new() -> Result<Self, StartError> {
        let (issuer, certificate, key) = signed()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(wrong)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .map_err(wrong)?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_pem: issuer.pem(),
        })
    }
}

/// An authority, the platform's certificate by it, and the key of that.
fn signed() -> Result<(CertifiedIssuer<'static, KeyPair>, Certificate, KeyPair), StartError> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority
        .distinguished_name
        .push(DnType::CommonName, "a fake platform");
    let key = KeyPair::generate().map_err(wrong)?;
    let issuer = CertifiedIssuer::self_signed(authority, key).map_err(wrong)?;

    let leaf = CertificateParams::new(HOSTS.map(str::to_owned)).map_err(wrong)?;
    let leaf_key = KeyPair::generate().map_err(wrong)?;
    let certificate = leaf.signed_by(&leaf_key, &issuer).map_err(wrong)?;
    Ok((issuer, certificate, leaf_key))
}

fn wrong(why: impl std::fmt::Display) -> StartError {
    StartError::Tls(why.to_string())
}
